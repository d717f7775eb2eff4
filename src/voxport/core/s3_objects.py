"""How an object of S3 may be stored, in the store's own words."""

from __future__ import annotations

ENCRYPTIONS = ("AES256", "aws:kms", "aws:kms:dsse")
"""Of `x-amz-server-side-encryption`; the last two may name a KMS key."""
BY_KMS = ENCRYPTIONS[1:]
STORAGE_CLASSES = (
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "GLACIER_IR",
    "DEEP_ARCHIVE",
    "EXPRESS_ONEZONE",
    "OUTPOSTS",
    "SNOW",
)
