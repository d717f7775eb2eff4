variable "bucket" {
  description = "Name of the bucket that results are delivered to."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$", var.bucket))
    error_message = "The bucket's name alone, without an address."
  }
}

variable "prefix" {
  description = "Folder below which alone the role may work; empty: the whole bucket."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[^\"\\\\*?$]*$", var.prefix))
    error_message = "A folder without quotes, backslashes, dollar signs and wildcards."
  }
}

variable "voxport_account" {
  description = "Twelve digits of the AWS account that the Voxport server runs in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.voxport_account))
    error_message = "The twelve digits of an AWS account."
  }
}

variable "external_id" {
  description = "External id of the organisation: the accountId of its recordings."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.external_id))
    error_message = "The organisation's id, such as 7d2fd7a4-2e0f-4a0c-9c33-0a6ea2cd9f0b."
  }
}

variable "role_name" {
  description = "Name of the role."
  type        = string
  default     = "voxport-delivery"
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
  default     = {}
}
