"""Refusals of AWS and of stores in words: which step failed, and what is to be changed by whom. Never a secret."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from voxport.core.errors import VoxportError
from voxport.delivery.answers import printable, status_words
from voxport.delivery.remedies.by_role import KMS, OTHER_REGION
from voxport.delivery.remedies.either_way import OWN_CLOCK
from voxport.delivery.remedies.kinds import Asked, Way
from voxport.delivery.remedies.sts import OWN_KEY
from voxport.delivery.remedies.table import advice_for
from voxport.outbound import OutboundResponse

_FIELD = r"<{name}>([^<]{{1,500}})</{name}>"
ENDED = frozenset(
    {"ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidAccessKeyId", "ExpiredTokenException"}
)
"""What a store answers when the credentials of a role have ended or been revoked."""
_REGION_CODES = frozenset(
    {"PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)
_DENIED = frozenset({"AccessDenied", ""})
_SIGNATURES = frozenset({"SignatureDoesNotMatch", "InvalidClientTokenId"})
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
    """One step of a delivery by role did not succeed; the message is for people. `status`: the HTTP answer's.

    Without `waiting_helps` no later try can fare better: the delivery ends at once.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str = "",
        retry_after_s: float | None = None,
        waiting_helps: bool = True,
    ) -> None:
        self.status, self.code, self.retry_after_s, self.waiting_helps = status, code, retry_after_s, waiting_helps
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


def store_refusal(step: str, answer: StoreAnswer, asked: Asked) -> StepRefused:
    """`step` is the name of the S3 operation; `asked` need not know what the answer tells (region)."""
    asked = replace(
        asked,
        action=ACTIONS[step],
        region=answer.region or "",
        resource=f"arn:aws:s3:::{asked.bucket}" if step == "ListBucket" else asked.resource,
    )
    advice = advice_for(Way.ROLE, _own_word(answer), answer.status, asked)
    return StepRefused(
        f"{step} failed: the store answered {answer.words}. {advice.words}".rstrip(),
        status=answer.status,
        code=answer.code,
        waiting_helps=advice.waiting_helps,
    )


def _own_word(answer: StoreAnswer) -> str:
    """The code of the answer, or what stands for it in the table where its other fields say more."""
    if answer.code.startswith("KMS.") or (answer.code in _DENIED and "kms" in answer.message.lower()):
        return KMS
    return OTHER_REGION if answer.other_region else answer.code


def sts_refusal(code: str, message: str, status: int | None, asked: Asked) -> StepRefused:
    """AssumeRole was refused, or this server itself could not speak to STS (`code` is then botocore's exception)."""
    if (code in _SIGNATURES and "igature expired" in message) or "not yet current" in message:
        code = OWN_CLOCK
    advice = advice_for(Way.ASSUME_ROLE, code, status, asked)
    if status is None:
        unknown, named = f"This server's AWS configuration cannot be used ({code}); its operator has to correct it.", ""
    else:
        unknown = f"It says: {printable(message).rstrip('.')}." if message else "It gives no reason; its log may."
        named = "" if code == OWN_KEY else f" ({code or status_words(status)})"
    words = advice.words or unknown
    if code == "SSLError" and message:
        words = f"{words.rstrip('.')}: {message}."
    return StepRefused(
        f"AssumeRole failed{named}. {words}", status=status, code=code, waiting_helps=advice.waiting_helps
    )


def _field(text: str, name: str) -> str:
    found = re.search(_FIELD.format(name=name), text)
    return "" if found is None else printable(html.unescape(found[1])).strip()


def _is_region(written: str) -> bool:
    return re.fullmatch(r"[a-z0-9-]{2,40}", written) is not None
