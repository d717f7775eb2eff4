"""An S3 server for tests (ministack) that checks signatures; on a free loopback port, ended by its process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from voxport.storage.objects.blobs import Blobs

ACCOUNT = "444455556666"
PROGRAM = Path(sys.executable).with_name("ministack")
_START_S = 30


@dataclass(frozen=True)
class S3Server:
    """`access_key` and `secret_key` are the account's root."""

    endpoint: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"
    account: str = ACCOUNT

    def blobs(self, bucket: str, prefix: str = "", **options: Any) -> Blobs:
        """The store in that bucket, which need not be there, as root unless `options` name another."""
        root = {"access_key_id": self.access_key, "secret_access_key": self.secret_key}
        options = {"endpoint": self.endpoint, "region": self.region, "allow_http": True, **root, **options}
        return Blobs.open(f"s3://{bucket}/{prefix}", **options)

    def client(self, service: str = "s3") -> Any:
        """A boto3 client as root, for making buckets and looking into them."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name=self.region,
            config=Config(s3={"addressing_style": "path"}) if service == "s3" else None,
        )


def environment_of(server: S3Server, address: str, port: int) -> dict[str, str]:
    """What the program is told: where it listens, and whom it knows."""
    return {
        **os.environ,
        "BIND_HOST": address,
        "GATEWAY_PORT": str(port),
        "AUTH": "true",
        "SERVICES": "s3,sts,iam",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
    }


@contextmanager
def running_s3_server(folder: Path) -> Iterator[S3Server]:
    """What it prints goes to `folder/s3-server.log`."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = S3Server(f"http://127.0.0.1:{port}", "rootrootrootroot", "root-secret-for-tests")
    environment = environment_of(server, "127.0.0.1", port)
    with (folder / "s3-server.log").open("wb") as log:
        process = subprocess.Popen([PROGRAM], env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            _await_health(process, f"{server.endpoint}/_ministack/health")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_health(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own loopback address
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
