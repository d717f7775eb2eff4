"""Two AWS accounts on the S3 server of the tests: Voxport's own, and a customer's with a role and a bucket."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

from tests.support.s3_server import S3Server

CUSTOMER = "111122223333"
ACTIONS = ("s3:ListBucket", "s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*", "s3:AbortMultipartUpload")


@dataclass(frozen=True)
class Sender:
    """The user that Voxport is: may assume roles and nothing else."""

    arn: str
    access_key: str
    secret_key: str

    @property
    def environment(self) -> dict[str, str]:
        return {"AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret_key}


def make_sender(server: S3Server, permission: str | None = None) -> Sender:
    """With that policy; by default it may assume every role that lets it."""
    iam, name = server.client("iam"), f"voxport-{uuid.uuid4().hex[:8]}"
    user = iam.create_user(UserName=name)["User"]
    document = permission or policy(["sts:AssumeRole"], ["*"])
    iam.put_user_policy(UserName=name, PolicyName="assume", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return Sender(user["Arn"], key["AccessKeyId"], key["SecretAccessKey"])


@dataclass(frozen=True)
class Customer:
    """An account with one bucket of its own for a test."""

    server: S3Server
    bucket: str

    @classmethod
    def on(cls, server: S3Server) -> Customer:
        customer = cls(server, f"calls-{uuid.uuid4().hex[:12]}")
        customer.client("s3").create_bucket(Bucket=customer.bucket)
        return customer

    @property
    def url(self) -> str:
        return f"{self.server.endpoint}/{self.bucket}"

    def client(self, service: Any) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.server.endpoint,
            aws_access_key_id=CUSTOMER,
            aws_secret_access_key=self.server.secret_key,
            region_name=self.server.region,
            config=Config(s3={"addressing_style": "path"}) if service == "s3" else None,
        )

    def role(self, sender: Sender, external_id: str, actions: tuple[str, ...] = ACTIONS, prefix: str = "") -> str:
        """The ARN of a new role that the sender may assume with that external id."""
        trust = {
            "Effect": "Allow",
            "Principal": {"AWS": sender.arn},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": external_id}},
        }
        arn = f"arn:aws:s3:::{self.bucket}"
        return self.make_role(
            policy(list(actions), [arn, f"{arn}/{prefix}*"]),
            json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
        )

    def make_role(self, permission: str, trust: str) -> str:
        """The ARN of a new role with these two policies."""
        iam, name = self.client("iam"), f"voxport-{uuid.uuid4().hex[:8]}"
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]
        iam.put_role_policy(RoleName=name, PolicyName="deliver", PolicyDocument=permission)
        return str(role["Arn"])

    def objects(self) -> dict[str, bytes]:
        s3 = self.client("s3")
        listed = s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])
        return {one["Key"]: s3.get_object(Bucket=self.bucket, Key=one["Key"])["Body"].read() for one in listed}


def policy(actions: list[str], resources: list[str]) -> str:
    allowed = {"Effect": "Allow", "Action": actions, "Resource": resources}
    return json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
