"""A customer with an s3cmd file: a user of the S3 server of the tests, and the programs as they are run by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from tests.support.s3_server import S3Server

PROGRAMS = Path(sys.executable).parent
ACTIONS = ["s3:CreateBucket", "s3:ListAllMyBuckets", "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"]


@dataclass(frozen=True)
class Customer:
    """`home` has the `.s3cfg`; every program runs in `folder`. Not the account's root, whose V2 nobody checks."""

    server: S3Server
    home: Path
    folder: Path

    @property
    def config(self) -> Path:
        return self.home / ".s3cfg"

    def run(self, *words: str | Path, timeout_s: float = 120, **variables: str) -> subprocess.CompletedProcess[str]:
        """`s3cmd ...` or `voxport ...`, whatever its exit status."""
        program, *rest = (str(word) for word in words)
        return subprocess.run(
            [str(PROGRAMS / program), *rest],
            cwd=self.folder,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def environment(self, **variables: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VOXPORT_", "AWS_"))}
        path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
        return {**kept, "HOME": str(self.home), "PATH": path, **variables}

    def make_bucket(self) -> str:
        bucket = f"calls-{uuid.uuid4().hex[:12]}"
        self.server.client().create_bucket(Bucket=bucket)
        return bucket

    def objects(self, bucket: str) -> dict[str, bytes]:
        """By key, all of them."""
        s3, found = self.server.client(), {}
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for one in page.get("Contents", []):
                found[one["Key"]] = s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
        return found


def make_customer(server: S3Server, home: Path, **keys: str) -> Customer:
    """With what `s3cmd --configure` writes for this server; `keys` come on top."""
    iam, name = server.client("iam"), f"exporter-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    allowed = {"Effect": "Allow", "Action": ACTIONS, "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.put_user_policy(UserName=name, PolicyName="export", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    host = server.endpoint.removeprefix("http://")
    written = {
        "access_key": key["AccessKeyId"],
        "secret_key": key["SecretAccessKey"],
        "host_base": host,
        "host_bucket": host,
        "use_https": "False",
        "bucket_location": server.region,
        **keys,
    }
    folder = home / "calls"
    folder.mkdir(parents=True)
    customer = Customer(server, home, folder)
    lines = (f"{name} = {value}\n" for name, value in written.items())
    customer.config.write_text("[default]\n" + "".join(lines), "utf-8")
    return customer
