# A role in a customer's account that a Voxport server assumes to deliver results into one bucket. The two policies are
# those that `voxport s3 policy` prints; a test of the repository holds them to it.

data "aws_partition" "current" {}

locals {
  prefix     = trim(var.prefix, "/")
  permission = local.prefix == "" ? "permission.json.tftpl" : "permission-below-prefix.json.tftpl"
}

resource "aws_iam_role" "delivery" {
  name = var.role_name
  tags = var.tags

  assume_role_policy = templatefile("${path.module}/trust.json.tftpl", {
    partition   = data.aws_partition.current.partition
    account     = var.voxport_account
    external_id = var.external_id
  })
}

resource "aws_iam_role_policy" "delivery" {
  name = "deliver"
  role = aws_iam_role.delivery.id

  policy = templatefile("${path.module}/${local.permission}", {
    partition = data.aws_partition.current.partition
    bucket    = var.bucket
    prefix    = local.prefix
  })
}
