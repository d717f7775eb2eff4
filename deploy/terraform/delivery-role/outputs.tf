output "role_arn" {
  description = "What callbacks name as their role."
  value       = aws_iam_role.delivery.arn
}
