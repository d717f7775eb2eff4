"""Pre-signed PUTs of both signature versions against a store that checks them, signed as the S3 guide describes."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any, NamedTuple

import boto3
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from tests.support.receiver import Answer, Receiver
from tests.support.s3_server import S3Server
from voxport.core.presigned import read_presigned
from voxport.delivery.webhook import DeliveryRequest, send
from voxport.outbound import Outbound

BODY = b'{"mediaId":"1"}'


class Bucket(NamedTuple):
    """A customer's bucket and the key of a user who may put objects into it and nothing else."""

    server: S3Server
    name: str
    key_id: str
    secret: str

    def sign(self, signature: str, key: str, *, expires_s: int = 86400, **more: Any) -> str:
        signer: Any = boto3.client(
            "s3",
            endpoint_url=self.server.endpoint,
            aws_access_key_id=self.key_id,
            aws_secret_access_key=self.secret,
            region_name=self.server.region,
            config=Config(signature_version=signature, s3={"addressing_style": "path"}),
        )
        url: str = signer.generate_presigned_url(
            ClientMethod="put_object",
            Params={"Bucket": self.name, "Key": key, **more},
            ExpiresIn=expires_s,
            HttpMethod="PUT",
        )
        return url

    def landed(self) -> list[str]:
        return [item["Key"] for item in self.server.client().list_objects_v2(Bucket=self.name).get("Contents", [])]


@pytest.fixture(scope="module")
def bucket(s3_server: S3Server) -> Bucket:
    name = user = f"calls-{uuid.uuid4().hex[:12]}"
    s3_server.client().create_bucket(Bucket=name)
    # The root of the account will not do: the server exempts it from checks of signature version 2.
    iam = s3_server.client("iam")
    iam.create_user(UserName=user)
    statement = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{name}/*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName=user, PolicyName="put", PolicyDocument=document)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    return Bucket(s3_server, name, key["AccessKeyId"], key["SecretAccessKey"])


def put(url: str, content_type: str) -> DeliveryRequest:
    return DeliveryRequest(url, "PUT", content_type, BODY, len(BODY), uuid.uuid4())


async def test_version_2_headers_that_the_url_tells_are_sent(outbound: Outbound, bucket: Bucket) -> None:
    stored: dict[str, Any] = {
        "ServerSideEncryption": "AES256",
        "StorageClass": "STANDARD",
        "Metadata": {"call": "4711"},
    }
    url = bucket.sign("s3", "told.json", ContentType="application/json", **stored)
    attempt = await send(outbound, put(url, "application/json"), 1)
    assert (attempt.status, attempt.error) == (200, None)
    head = bucket.server.client().head_object(Bucket=bucket.name, Key="told.json")
    assert (head["Metadata"], head["ServerSideEncryption"]) == ({"call": "4711"}, "AES256")


async def test_version_4_headers_that_the_query_tells_are_sent(outbound: Outbound, bucket: Bucket) -> None:
    """As a signer does that writes each header it signs into the query too."""
    request = AWSRequest("PUT", f"{bucket.server.endpoint}/{bucket.name}/named.json", params={"x-amz-meta-call": "1"})
    request.headers["Content-Type"], request.headers["x-amz-meta-call"] = "application/json", "1"
    S3SigV4QueryAuth(Credentials(bucket.key_id, bucket.secret), "s3", bucket.server.region, 600).add_auth(request)
    attempt = await send(outbound, put(request.url, "application/json"), 1)
    assert (attempt.status, attempt.error) == (200, None)
    head = bucket.server.client().head_object(Bucket=bucket.name, Key="named.json")
    assert head["Metadata"] == {"call": "1"}


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("sv=2022-11-02&sr=b&sp=cw&se=2099-01-01T00:00:00Z&sig=abcdef", {"x-ms-blob-type": "BlockBlob"}),
        ("GoogleAccessId=a@b&Expires=4000000000&Signature=abcdef", {}),
        ("X-Goog-Signature=ab&X-Goog-SignedHeaders=host;x-goog-acl&x-goog-acl=private", {"x-goog-acl": "private"}),
        ("OSSAccessKeyId=A&Expires=4000000000&Signature=abcdef", {}),
        ("q-ak=A&q-sign-time=1;4000000000&q-header-list=host&q-signature=abcdef", {}),
    ],
)
async def test_signed_urls_of_other_clouds_get_what_they_need_and_no_header_of_webhooks(
    outbound: Outbound, receiver: Receiver, query: str, sent: dict[str, str]
) -> None:
    url = f"{receiver.url('/cloud.json')}?{query}"
    receiver.requests.clear()
    secrets = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",)
    await send(outbound, replace(put(url, "application/json"), secrets=secrets), 1)
    (got,) = receiver.requests_to("/cloud.json")
    usual = {"host", "user-agent", "accept", "accept-encoding", "content-length"}
    headers = {name.lower(): value for name, value in got.headers() if name.lower() not in usual}
    assert headers == {"content-type": "application/json", **sent}


@pytest.mark.parametrize(
    ("answer", "words", "waiting_helps"),
    [
        ((403, "AccessDenied", ""), "another method than PUT or another content type than application/json", True),
        ((403, "AccessDenied", "Request has expired"), "is over: sign it anew", False),
        ((403, "SignatureDoesNotMatch", "No"), "replay this delivery", False),
        ((404, "NoSuchBucket", ""), "There is no bucket refused at 127.0.0.1", True),
        (
            (404, "NoSuchBucket", "No</Message><BucketName>calls</BucketName><Message>"),
            "There is no bucket calls:",
            True,
        ),
        ((400, "AuthorizationQueryParametersError", "Too long"), "more than 7 days", False),
        ((412, "PreconditionFailed", ""), "may not be replaced", False),
        ((403, "", ""), "The usual causes", True),
    ],
)
async def test_what_a_store_refuses_says_what_to_change(
    outbound: Outbound, receiver: Receiver, answer: tuple[int, str, str], words: str, waiting_helps: bool
) -> None:
    status, code, message = answer
    body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>" if code else ""
    url = receiver.script("/refused/k.json", Answer(status, body.encode()))
    attempt = await send(outbound, put(f"{url}?X-Amz-Signature=abcdef", "application/json"), 1)
    assert words in (attempt.error or "")
    assert attempt.waiting_helps is waiting_helps


@pytest.mark.parametrize("signature", ["s3", "s3v4"])
@pytest.mark.parametrize("content_type", ["application/json", "text/srt", "application/ttaf+xml"])
async def test_a_signed_put_lands(outbound: Outbound, bucket: Bucket, signature: str, content_type: str) -> None:
    key = f"désired/object name+{signature}/{content_type}/analytics.json"
    url = bucket.sign(signature, key, ContentType=content_type)
    attempt = await send(outbound, put(url, content_type), 1)
    assert (attempt.status, attempt.error) == (200, None)
    stored = bucket.server.client().get_object(Bucket=bucket.name, Key=key)
    assert stored["Body"].read() == BODY
    assert stored["ContentType"] == content_type


@pytest.mark.parametrize("signature", ["s3", "s3v4"])
@pytest.mark.parametrize("sent", ["text/plain", "application/json; charset=utf-8"])
async def test_another_content_type_is_refused_and_nothing_lands(
    outbound: Outbound, bucket: Bucket, signature: str, sent: str
) -> None:
    key = f"wrong-{signature}-{len(sent)}.json"
    url = bucket.sign(signature, key, ContentType="application/json")
    attempt = await send(outbound, put(url, sent), 1)
    assert attempt.status == 403
    assert attempt.error is not None
    assert "SignatureDoesNotMatch" in attempt.error
    secrets = [part.partition("=")[2] for part in url.partition("?")[2].split("&")]
    assert not any(secret in attempt.error for secret in secrets if len(secret) > 5)
    assert key not in bucket.landed()


@pytest.mark.parametrize("signature", ["s3", "s3v4"])
async def test_an_expired_url_is_refused_and_nothing_lands(outbound: Outbound, bucket: Bucket, signature: str) -> None:
    key = f"expired-{signature}.json"
    # botocore signs a version 4 URL of negative life as it signs any other: an honest signature, already over.
    url = bucket.sign(signature, key, expires_s=-60, ContentType="application/json")
    attempt = await send(outbound, put(url, "application/json"), 1)
    assert attempt.status in (400, 403)
    assert key not in bucket.landed()
    presigned = read_presigned(url)
    assert presigned is not None
    assert presigned.expires is not None
