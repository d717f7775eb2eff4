"""What a store answers to a pre-signed URL that it refuses, and what is to be changed."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from voxport.delivery.answers import Answered, answer_error, error_fields, without_secrets
from voxport.delivery.remedies.kinds import Asked, Way
from voxport.delivery.remedies.signed_urls import EXPIRED
from voxport.delivery.remedies.table import Advice, advice_for

_NOT_YET = "RequestNotYetValid"
_IN_MESSAGE = (("has expired", EXPIRED), ("not valid yet", _NOT_YET), ("not yet valid", _NOT_YET))


def signed_url_refusal(answer: Answered, url: str, method: str, content_type: str) -> Advice:
    """The whole sentence for an answer that is not 2xx, and whether waiting helps."""
    code, message, bucket = error_fields(answer.body)
    asked = Asked(bucket=without_secrets(bucket, url) or _bucket(url), method=method, content_type=content_type)
    own = next((word for said, word in _IN_MESSAGE if answer.status in (400, 403) and said in message), code)
    advice = advice_for(Way.SIGNED_URL, own, answer.status, asked)
    words = f"{answer_error(answer.status, answer.body, url)} {advice.words}".rstrip()
    return Advice(words, advice.waiting_helps, advice.who)


def _bucket(url: str) -> str:
    """The bucket as far as an address tells it: `calls` before the host of AWS, else the first part of the path."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    before_s3 = host.partition(".s3")[0]
    if before_s3 != host and host.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return before_s3
    first = unquote(parts.path).strip("/").partition("/")[0]
    return f"{first} at {host}" if first.isprintable() else f"at {host}"
