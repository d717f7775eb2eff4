"""Nothing personal and no secret gets into a log line, whichever way it tries."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from uuid import UUID

import pytest
import structlog

from voxport.telemetry import configure_logging, scrub_text, scrub_value

SIGNED_4 = "https://b.s3.amazonaws.com/calls/1.json?X-Amz-Credential=AKIAHUSH0HUSH0HUSH0&X-Amz-Signature=hush"
SIGNED_2 = "https://s3.amazonaws.com/b/k?AWSAccessKeyId=AKIAHUSH0HUSH0HUSH0&Signature=hush%2Bhush&Expires=1"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """Logging is the process's: what a test sets up ends with it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.captureWarnings(False)
    root.handlers, root.level = handlers, level


@pytest.mark.parametrize(
    "text",
    [
        SIGNED_4,
        SIGNED_2,
        f"could not PUT {SIGNED_4}: 403",
        f"redirect '{SIGNED_4}' -> \"{SIGNED_2}\"",
        SIGNED_4.upper().replace("HUSH", "hush"),
        "https://user:hush@example.com/x",
        "postgresql+psycopg://voxport:hush@db.internal/voxport",
        "Authorization: Bearer hush",
        "authorization=bearer hush.hush-hush~",
        "{'Authorization': 'Basic aHVzaDpodXNo-hush'}",
        '{"token": "hush"}',
        "X-Amz-Security-Token=hush&X-Amz-Date=1",
        "Cookie: hush",
        "password=hush",
        "VOXPORT_SECRET_KEY=hush",
        "GET /v3/media?query=hush HTTP/1.1",
        '"GET /v3/media/1/streams/original?expires=1&signature=hush HTTP/1.1" 200',
        "key violates constraint\nDETAIL:  Failing row contains (1, hush).",
        "[SQL: INSERT INTO media VALUES (%s)]\n[parameters: ('hush', {'a': 'hush'})]\n(Background on this error)",
        "vx_hushhushhushhush-hush",
        "whsec_hush",
        "https://hooks.example.com/x#hush",
    ],
)
def test_secrets_are_cut_out_of_any_text(text: str) -> None:
    assert "hush" not in scrub_text(text)
    assert "AKIA" not in scrub_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "worker ready",
        "https://b.s3.amazonaws.com/calls/1.json",
        "stage met a fault, trying again: is it up? yes",
        "media 0b0c7a52-6f6c-4c0e-9d0b-0d6a5f1f4a11 ended in 12.5 s",
        "/v3/media/{mediaId}",
        "The Authorization header does not carry a valid bearer token.",
    ],
)
def test_harmless_text_stays(text: str) -> None:
    assert scrub_text(text) == text


def test_long_text_is_cut() -> None:
    assert len(scrub_text("a " * 100_000)) < 9000


class _Opaque:
    def __repr__(self) -> str:
        return "hush"


def test_values_of_every_kind() -> None:
    media_id = UUID(int=5)
    value = {
        "metadata": {"customer": "hush"},
        "Words": ["hush"],
        "api-key": "hush",
        "deep": [{"url": SIGNED_2, "bearer_token": "hush", "n": 1}],
        "media_id": media_id,
        "bytes": b"hush",
        "opaque": _Opaque(),
        "error": ValueError(SIGNED_4),
        "none": None,
        "secret": None,
    }
    scrubbed = scrub_value(value)
    assert "hush" not in repr(scrubbed)
    assert scrubbed["media_id"] == str(media_id)
    assert scrubbed["bytes"] == "<4 bytes>"
    assert scrubbed["opaque"] == "<_Opaque>"
    assert scrubbed["deep"][0]["n"] == 1
    assert scrubbed["secret"] is None


def _fail() -> None:
    raise RuntimeError(f"cannot reach {SIGNED_4} with Bearer hush")


def _shout() -> None:
    """Every way in which this program and its libraries log."""
    log = structlog.get_logger("voxport.test")
    log.info("asked", url=SIGNED_4, metadata={"name": "hush"}, headers={"Authorization": "Bearer hush"})
    log.bind(transcript="hush hush").warning("bound %s", SIGNED_2)
    structlog.contextvars.bind_contextvars(token="hush")
    try:
        _fail()
    except RuntimeError:
        log.exception("failed", text="hush")
        logging.getLogger("library").exception("failed for %s", SIGNED_2)
    logging.getLogger("library").error("row", extra={"words": "hush", "queue": "speech"})
    logging.getLogger("uvicorn.access").info('%s - "%s %s HTTP/1.1" %d', "1.2.3.4", "GET", "/v3/media?query=hush", 200)
    logging.getLogger("httpcore.http11").debug("send_request_headers %s", "hush")


@pytest.mark.parametrize("form", ["json", "console"])
def test_no_line_of_a_log_holds_any(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("debug", form == "json")
    _shout()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("cannot reach https://b.s3.amazonaws.com/calls/1.json") == 2
    assert "speech" in err
    assert "hush" not in err
    assert "AKIA" not in err


def test_json_lines_can_be_read_by_machines(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", True)
    structlog.get_logger("voxport.test").info("worker ready", queues=["speech"])
    structlog.get_logger("voxport.test").debug("too quiet")
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"], event["logger"]) == ("worker ready", "info", "voxport.test")
    assert event["queues"] == ["speech"]
    assert event["timestamp"].endswith("Z")
