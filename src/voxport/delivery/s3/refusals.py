"""Refusals of AWS and of stores in words: which step failed, and what is to be changed by whom. Never a secret."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voxport.core.errors import VoxportError
from voxport.delivery.answers import printable, status_words
from voxport.outbound import OutboundResponse

_FIELD = r"<{name}>([^<]{{1,500}})</{name}>"
_NO_IDENTITY = frozenset(
    {"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "NoAuthTokenError"}
)
_WRONG_KEYS = frozenset({"InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException"})
_OWN_ENDED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
ENDED = frozenset(
    {"ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidAccessKeyId", "ExpiredTokenException"}
)
"""What a store answers when the credentials of a role have ended or been revoked."""
_REGION_CODES = frozenset(
    {"PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)
ACTIONS = {
    "PutObject": "s3:PutObject",
    "CreateMultipartUpload": "s3:PutObject",
    "UploadPart": "s3:PutObject",
    "CompleteMultipartUpload": "s3:PutObject",
    "AbortMultipartUpload": "s3:AbortMultipartUpload",
    "GetObject": "s3:GetObject",
    "ListBucket": "s3:ListBucket",
    "DeleteObject": "s3:DeleteObject",
}
"""The permission that each step needs."""


class StepRefused(VoxportError):
    """One step of a delivery by role did not succeed; the message is for people. `status`: the HTTP answer's."""

    def __init__(
        self, message: str, *, status: int | None = None, code: str = "", retry_after_s: float | None = None
    ) -> None:
        self.status, self.code, self.retry_after_s = status, code, retry_after_s
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """What the answer of a store says."""

    status: int
    """The HTTP status."""
    code: str
    """`<Code>` of the error document; empty where there is none."""
    message: str
    """`<Message>` of the error document; empty where there is none."""
    region: str | None
    """The region of the bucket, where the answer tells it."""

    @property
    def words(self) -> str:
        """Status, code and message for people."""
        said = f"{self.code}: {self.message}".strip(": ").rstrip(".")
        return f"{status_words(self.status)} ({said})" if said else status_words(self.status)

    @property
    def other_region(self) -> bool:
        """Whether the request was refused because it went to another region than the bucket's."""
        return self.region is not None and self.code in _REGION_CODES


def read_answer(answer: OutboundResponse) -> StoreAnswer:
    """Reads an error document of S3; also an empty one."""
    text = answer.body_excerpt.decode("utf-8", "replace")
    region = answer.headers.get("x-amz-bucket-region") or _field(text, "Region")
    code = _field(text, "Code") or ("PermanentRedirect" if answer.status == 301 else "")
    return StoreAnswer(answer.status, code, _field(text, "Message"), region if _is_region(region) else None)


@dataclass(frozen=True, slots=True)
class AskedObject:
    """The object that a request was about."""

    bucket: str
    key: str
    """Empty for requests about the bucket itself."""
    region: str
    """The region that the request was signed for."""
    kms_key: str | None
    """The KMS key that encrypts it; None: the bucket's own."""


def store_refusal(step: str, answer: StoreAnswer, asked: AskedObject) -> StepRefused:
    """`step` is the name of the S3 operation."""
    begun = f"{step} failed: the store answered {answer.words}."
    return StepRefused(
        f"{begun} {_remedy(step, answer, asked)}".rstrip(),
        status=answer.status,
        code=answer.code,
    )


def _remedy(step: str, answer: StoreAnswer, asked: AskedObject) -> str:
    code, message = answer.code, answer.message
    if "kms" in message.lower() or code.startswith("KMS."):
        named = f"the KMS key {asked.kms_key}" if asked.kms_key else "the bucket's KMS key"
        return f"Let the role use {named}: kms:GenerateDataKey and kms:Decrypt, in its policy and in the key's policy."
    if answer.other_region:
        return f"The bucket is in {answer.region}, the request was for {asked.region}: name {answer.region} in the url."
    if code in ENDED:
        return "The credentials of the role have ended or were revoked; the next try assumes the role again."
    if code == "AccessDenied" or (answer.status == 403 and not code):
        where = f"arn:aws:s3:::{asked.bucket}" + ("" if step == "ListBucket" else f"/{asked.key}")
        return f"Allow {ACTIONS[step]} on {where} in the role's policy, and see that no bucket policy denies it."
    return _REMEDIES.get(code, "").format(bucket=asked.bucket)


_REMEDIES = {
    "NoSuchBucket": "There is no bucket {bucket}: correct the url, or create the bucket.",
    "RequestTimeTooSkewed": "The clock of this server is wrong; its operator has to set it right (NTP).",
    "SlowDown": "The store asks for fewer requests; the delivery is tried again.",
    "ServiceUnavailable": "The store is busy; the delivery is tried again.",
    "InternalError": "A fault of the store; the delivery is tried again.",
    "BadDigest": "What arrived is not what was sent; the delivery is tried again.",
    "XAmzContentSHA256Mismatch": "What arrived is not what was sent; the delivery is tried again.",
    "InvalidStorageClass": "The store does not know the storage class: change storageClass of the callback.",
    "InvalidEncryptionAlgorithmError": "The store does not know the encryption: change serverSideEncryption.",
    "SignatureDoesNotMatch": "A proxy between this server and the store may change requests, or the region is wrong.",
    "AllAccessDisabled": "The bucket's owner or AWS has disabled the bucket.",
    "MethodNotAllowed": "The address takes no objects; it is to be the address of a bucket.",
    "NotImplemented": "The store does not know what was asked for: leave out encryption and storage class.",
}


def role_refusal(
    code: str, message: str, status: int | None, asked: Mapping[str, Any], account: str | None
) -> StepRefused:
    """AssumeRole was refused; `account` is this server's where it is known."""
    if code in _WRONG_KEYS | _OWN_ENDED:
        return identity_refusal(code, message, status)
    role, external = asked["RoleArn"], asked["ExternalId"]
    if code == "AccessDenied":
        who = f"the AWS account {account}" if account else "this server's AWS account"
        words = (
            f"The trust policy of {role} has to name {who} as principal and {external} as sts:ExternalId; "
            f"and this server's own identity needs sts:AssumeRole on {role}. See that the role exists."
        )
    elif code in ("ValidationError", "InvalidParameterValue", "MalformedPolicyDocument"):
        words = f"The role {role} is not one that AWS takes; correct the callback's role."
    elif code == "RegionDisabledException":
        words = "STS is switched off for this region in the account; its operator can set VOXPORT_STS_ENDPOINT_URL."
    elif code.startswith("Throttl") or code == "RequestLimitExceeded":
        words = "AWS asks for fewer requests; the delivery is tried again."
    else:
        words = f"AWS says: {message.rstrip('.')}." if message else ""
    return StepRefused(f"AssumeRole failed ({code or 'no code'}). {words}".rstrip(), status=status, code=code)


def identity_refusal(code: str, message: str, status: int | None) -> StepRefused:
    """This server itself could not speak to STS: the operator's part, not the customer's."""
    if code in _NO_IDENTITY:
        words = (
            "This server has no AWS identity. Its operator has to give it one: AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or the role of its machine."
        )
    elif code in _OWN_ENDED:
        words = "This server's own AWS credentials have ended; its operator has to renew them, or set its clock."
    elif (code in _WRONG_KEYS and "igature expired" in message) or "not yet current" in message:
        words = "AWS finds the clock of this server wrong; its operator has to set it right (NTP)."
    elif code in _WRONG_KEYS:
        words = "AWS does not know this server's own key or its secret is wrong; its operator has to correct it."
    elif "Connect" in code or "Timeout" in code or "SSL" in code or "HTTPClient" in code:
        words = f"STS could not be reached ({code}); its operator may have to set VOXPORT_STS_ENDPOINT_URL or a proxy."
    elif code == "AccessDenied":
        words = "This server's own identity may not ask who it is."
    else:
        words = f"This server's AWS configuration cannot be used ({code})."
    return StepRefused(f"AssumeRole failed: {words}", status=status, code=code)


def _field(text: str, name: str) -> str:
    found = re.search(_FIELD.format(name=name), text)
    return "" if found is None else printable(html.unescape(found[1])).strip()


def _is_region(written: str) -> bool:
    return re.fullmatch(r"[a-z0-9-]{2,40}", written) is not None
