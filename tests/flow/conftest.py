"""One server for the flow tests, an S3 server that checks signatures, and a receiver of webhooks."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from botocore.config import Config

from tests.support.receiver import Receiver, running_receiver
from tests.support.s3_server import S3Server
from tests.support.server import VoxportServer, running_server

AUDIO = Path(__file__).resolve().parents[1] / "audio"


def stereo(left: str, right: str) -> dict[str, Any]:
    return {"ingest": {"stereo": {"left": {"speakerName": left}, "right": {"speakerName": right}}}}


class Platform:
    """A running server with a token, and a bucket of its own for one test."""

    def __init__(self, server: VoxportServer, token: str, s3: S3Server) -> None:
        self.server, self.token = server, token
        self.client = server.client(token)
        self._s3, self._sdk = s3, s3.client()
        self.bucket = f"calls-{uuid.uuid4().hex[:12]}"
        self._sdk.create_bucket(Bucket=self.bucket)
        self._signer = self._make_signer()

    def _make_signer(self) -> dict[str, str]:
        """A user who may put into the bucket: the server does not check version 2 signatures of its root."""
        iam = self._s3.client("iam")
        iam.create_user(UserName=self.bucket)
        allowed = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{self.bucket}/*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        iam.put_user_policy(UserName=self.bucket, PolicyName="put", PolicyDocument=policy)
        key = iam.create_access_key(UserName=self.bucket)["AccessKey"]
        return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}

    def callback(self, key: str, content_type: str, *, signature: str = "s3v4", **fields: str) -> dict[str, str]:
        """A callback to a URL pre-signed for PUT of that content type, as the platform's S3 guide describes."""
        config = Config(signature_version=signature, s3={"addressing_style": "path"})
        signer = boto3.client(
            "s3", endpoint_url=self._s3.endpoint, region_name=self._s3.region, config=config, **self._signer
        )
        url = signer.generate_presigned_url(
            ClientMethod="put_object",
            Params={"Bucket": self.bucket, "Key": key, "ContentType": content_type},
            ExpiresIn=3600,
            HttpMethod="PUT",
        )
        return {"url": url, "method": "PUT", **fields}

    def submit(self, recording: Path, configuration: dict[str, Any], metadata: dict[str, Any] | None = None) -> str:
        parts: dict[str, Any] = {
            "configuration": (None, json.dumps(configuration)),
            "media": (recording.name, recording.read_bytes()),
        }
        if metadata is not None:
            parts["metadata"] = (None, json.dumps(metadata))
        return self._post(parts)

    def submit_url(self, url: str, configuration: dict[str, Any]) -> str:
        return self._post({"mediaUrl": (None, url), "configuration": (None, json.dumps(configuration))})

    def _post(self, parts: dict[str, Any]) -> str:
        answer = self.client.post("/v3/media", files=parts)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == "accepted"
        media_id: str = answer.json()["mediaId"]
        return media_id

    def get(self, path: str) -> httpx.Response:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer

    def until_ended(self, media_id: str, timeout_s: float = 60) -> dict[str, Any]:
        def ended() -> dict[str, Any] | None:
            media: dict[str, Any] = self.get(f"/v3/media/{media_id}").json()
            return media if media["status"] in ("finished", "failed") else None

        media: dict[str, Any] = self.server.wait_until(ended, timeout_s)
        return media

    def until_delivered(self, count: int) -> dict[str, bytes]:
        """The objects of the bucket by key, once there are so many."""
        sdk = self._sdk

        def arrived() -> list[str] | None:
            keys = [item["Key"] for item in sdk.list_objects_v2(Bucket=self.bucket).get("Contents", [])]
            return keys if len(keys) >= count else None

        keys = self.server.wait_until(arrived)
        return {key: sdk.get_object(Bucket=self.bucket, Key=key)["Body"].read() for key in keys}

    def content_type(self, key: str) -> str:
        answer: str = self._sdk.head_object(Bucket=self.bucket, Key=key)["ContentType"]
        return answer


@pytest.fixture(scope="session")
def flow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoxportServer]:
    with running_server(tmp_path_factory.mktemp("flow"), delivery_rounds="0.2,0.5,1,2") as server:
        yield server


@pytest.fixture(scope="session")
def flow_token(flow_server: VoxportServer) -> str:
    return flow_server.token("Flow")


@pytest.fixture(scope="session")
def short_lived(flow_server: VoxportServer, flow_token: str) -> str:
    """A recording that is kept for a second; workers look every half a minute, which passes while other tests run."""
    parts: dict[str, Any] = {
        "configuration": (None, json.dumps({"timeToLiveInSeconds": 1})),
        "media": ("short.wav", (AUDIO / "go-forward-3s.wav").read_bytes()),
    }
    with flow_server.client(flow_token) as client:
        media_id: str = client.post("/v3/media", files=parts).json()["mediaId"]
    return media_id


@pytest.fixture
def platform(flow_server: VoxportServer, flow_token: str, s3_server: S3Server, short_lived: str) -> Iterator[Platform]:
    platform = Platform(flow_server, flow_token, s3_server)
    yield platform
    platform.client.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver
