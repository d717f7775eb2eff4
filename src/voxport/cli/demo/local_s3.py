"""The customer's side of `voxport demo`: an S3-compatible server on this machine, a bucket, and a user who signs."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voxport.cli.children import Ledger, wait_for

BUCKET = "voxport-demo"
REGION = "us-east-1"
URL_LIFE_S = 86_400


@dataclass(frozen=True, slots=True)
class LocalS3:
    """The S3-compatible server of the demo."""

    endpoint: str
    owner: Any
    """A client of the bucket's owner, who reads what arrived."""
    sender: Any
    """A client of the user who signs, and may put objects and no more."""

    def signed_url(self, key: str, content_type: str) -> str:
        """A URL for one PUT of that type, made as the platform's S3 guide shows."""
        return str(
            self.sender.generate_presigned_url(
                ClientMethod="put_object",
                Params={"Bucket": BUCKET, "Key": key, "ContentType": content_type},
                ExpiresIn=URL_LIFE_S,
                HttpMethod="PUT",
            )
        )

    def objects(self) -> dict[str, bytes]:
        """Everything in the bucket, by key."""
        listed = self.owner.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return {item["Key"]: self.owner.get_object(Bucket=BUCKET, Key=item["Key"])["Body"].read() for item in listed}


@contextmanager
def local_s3(ledger: Ledger, folder: Path) -> Iterator[LocalS3]:
    """A server that checks signatures, with an empty bucket and keys of its own; it keeps all in memory."""
    owner_key, owner_secret = f"owner{secrets.token_hex(8)}", secrets.token_urlsafe(24)
    port = free_port()
    environment = {
        **os.environ,
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": owner_key,
        "AWS_SECRET_ACCESS_KEY": owner_secret,
        "SFTP_ENABLED": "0",
    }
    endpoint, log = f"http://127.0.0.1:{port}", folder / f"s3-{os.getpid()}.log"
    with ledger.child([sys.executable, "-m", "ministack"], environment, log) as process:
        wait_for(f"{endpoint}/_ministack/health", process, log)
        owner = aws_client("s3", endpoint, owner_key, owner_secret)
        owner.create_bucket(Bucket=BUCKET)
        sender = make_sender(aws_client("iam", endpoint, owner_key, owner_secret))
        yield LocalS3(endpoint, owner, aws_client("s3", endpoint, *sender))
    log.unlink(missing_ok=True)


def make_sender(iam: Any) -> tuple[str, str]:
    """Key and secret of a new user with the least rights that signing an upload URL needs."""
    name = "call-sender"
    statement = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    iam.create_user(UserName=name)
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName=name, PolicyName="put-results", PolicyDocument=policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def aws_client(service: Any, endpoint: str, key: str, secret: str) -> Any:
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,
        endpoint_url=endpoint,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        region_name=REGION,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}) if service == "s3" else None,
    )


def free_port(preferred: int = 0) -> int:
    """`preferred` where nobody has it, else any that is free."""
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", preferred))
        except OSError:
            listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
