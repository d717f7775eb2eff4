"""The two policies of a role that delivers: what it may do in the bucket, and who may assume it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

VERSION = "2012-10-17"
OBJECT_ACTIONS = ("s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*", "s3:AbortMultipartUpload")
"""Those of the platform's guide, and the one that clears away a large upload which broke."""

PREFIX = re.compile(r'[^"\\*?$]*')
"""A folder as it may stand in a policy; an IAM policy has wildcards and variables, and no way to write them plainly."""


def permission_policy(bucket: str, prefix: str = "", partition: str = "aws") -> dict[str, Any]:
    """What the role may do: in the whole bucket, or below `prefix` (without slashes at its ends).

    Raises ValueError where IAM would read the prefix as a pattern or a variable, which allows more than one folder.
    """
    if not PREFIX.fullmatch(prefix):
        raise ValueError("a folder has no quotes, backslashes, dollar signs and wildcards (* and ?)")
    arn = f"arn:{partition}:s3:::{bucket}"
    listing: dict[str, Any] = {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": [arn]}
    if prefix:
        # With its slash: a listing of `calls` would show what lies in `calls-of-others` too.
        listing["Condition"] = {"StringLike": {"s3:prefix": [f"{prefix}/*"]}}
    objects = f"{arn}/{prefix}/*" if prefix else f"{arn}/*"
    acting = {"Effect": "Allow", "Action": list(OBJECT_ACTIONS), "Resource": [objects]}
    return {"Version": VERSION, "Statement": [listing, acting]}


def trust_policy(account: str, organization_id: UUID, partition: str = "aws") -> dict[str, Any]:
    """Who may assume the role: this server's `account`, and only in the name of that organisation."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{partition}:iam::{account}:root"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": str(organization_id)}},
    }
    return {"Version": VERSION, "Statement": [statement]}
