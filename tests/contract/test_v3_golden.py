"""Bodies pinned to the byte.

The files in `golden/` were read through against the documents of the wire before they were committed. No option writes
them again: who changes a body changes its file by hand, and says why in the changelog.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.rooms.wire.analysed import (
    GROUPS,
    VOCABULARIES,
    analysed_findings,
    analysed_transcript,
    empty_findings,
    nameless_findings,
)
from tests.rooms.wire.examples import (
    FINISHED,
    MEDIA_ID,
    accepted_media,
    dead_delivery,
    encrypted_media,
    failed_media,
    finished_media,
    held_delivery,
    mono_transcript,
    paused_endpoint,
    plain_findings,
    redacted_findings,
    running_media,
    stereo_transcript,
)
from voxport.core.categories import Application, Trial, TriedCall
from voxport.core.classifiers import Classifier, ClassifierVersion, HeldOutScore
from voxport.core.codes import Code
from voxport.core.delivery_query import DeliveryQuery, MediaDeliveriesQuery, ReplayRefusal, Replays
from voxport.core.errors import Problem
from voxport.core.findings import CategoryResult, Classification, Findings, Mention, Occurrence
from voxport.core.media_query import MediaQuery
from voxport.core.paging import Page
from voxport.core.plan import CallbackPlan, CallbackType, TextFormat
from voxport.core.public_keys import PublicKey
from voxport.core.transcript import Span, Transcript
from voxport.wire.v3.applications import application_body, applications_body, trial_body
from voxport.wire.v3.callback import callback_body
from voxport.wire.v3.classifiers import classifiers_body
from voxport.wire.v3.definitions import (
    group_body,
    groups_body,
    metrics_body,
    vocabularies_body,
    vocabulary_body,
)
from voxport.wire.v3.deliveries import (
    deliveries_body,
    delivery_body,
    media_deliveries_body,
    replays_body,
)
from voxport.wire.v3.endpoints import endpoints_body
from voxport.wire.v3.listing import list_body
from voxport.wire.v3.media import accepted_body, media_body
from voxport.wire.v3.metadata import metadata_body
from voxport.wire.v3.prediction import detectors_body
from voxport.wire.v3.progress import progress_body
from voxport.wire.v3.public_keys import public_key_body, public_keys_body
from voxport.wire.v3.root import root_body
from voxport.wire.v3.streams import streams_body
from voxport.wire.v3.transcript import transcript_answer
from voxport.wire.writing.encoding import json_bytes
from voxport.wire.writing.errors import error_body
from voxport.wire.writing.formats import ALTERNATE_FORMATS, render
from voxport.wire.writing.streams import StreamLink

GOLDEN = Path(__file__).parent / "golden"
SILENCE = Transcript("en-US", (), (), "faster-whisper base int8")
CLASSIFIED = Findings(classifications=(Classification(UUID(int=5), "reason", "1.1.0", 2, "order", 1, 0.9126),))
CATEGORISED = Findings(
    categories=(
        CategoryResult("greeting", "2019-06", False),
        CategoryResult("long", "1", True),
        CategoryResult(
            "refunds",
            "3",
            True,
            (Mention("Agent", (Occurrence(Span(1700, 1949), "refund"), Occurrence(Span(3500, 3749), "refunded"))),),
        ),
    )
)
TRIAL = Trial(
    1000,
    2,
    (
        TriedCall(MEDIA_ID, FINISHED, (CATEGORISED.categories or ())[2]),
        TriedCall(UUID(int=8), FINISHED, (CATEGORISED.categories or ())[1]),
    ),
)
APPLICATION = Application(
    id=UUID(int=9),
    category="refunds",
    version="3",
    created=FINISHED,
    started=FINISHED,
    ended=FINISHED,
    cancelled=False,
    problem="More than 100 calls took longer than the server has time for; ask for less in the statement.",
    calls=412,
    done=212,
    matched=11,
    failures=101,
    place=(FINISHED, MEDIA_ID),
)
CLASSIFIER = Classifier(
    UUID(int=5),
    "en",
    "Why they call.",
    (ClassifierVersion("1.1.0", "ab" * 32, FINISHED, 412, ("cancel", "order"), HeldOutScore(0.874, 0.851, 0.551)),),
)
PUBLIC_KEY = PublicKey(UUID(int=7), "ab" * 32, b"", None)
REFERENCE = "99999999-8888-4777-8666-555555555555"

DOCUMENTS: dict[str, Callable[[], Any]] = {
    "accepted.json": lambda: accepted_body(accepted_media()),
    "running.json": lambda: media_body(running_media(), None),
    "failed.json": lambda: media_body(failed_media(), None),
    "finished-stereo.json": lambda: media_body(finished_media(), stereo_transcript()),
    "finished-mono-formats.json": lambda: media_body(
        finished_media(), mono_transcript(), alternate_formats=(TextFormat.SRT, TextFormat.TEXT)
    ),
    "finished-redacted.json": lambda: media_body(
        finished_media(), stereo_transcript(), redacted_findings(), include=("metadata", "prediction")
    ),
    "finished-detected.json": lambda: media_body(
        finished_media(), mono_transcript(), plain_findings(), include=("metadata", "prediction")
    ),
    "finished-analysed.json": lambda: media_body(finished_media(), analysed_transcript(), analysed_findings()),
    "finished-nothing-found.json": lambda: media_body(finished_media(), SILENCE, empty_findings()),
    "finished-encrypted.json": lambda: media_body(encrypted_media(), None),
    "finished-classified.json": lambda: media_body(
        finished_media(), mono_transcript(), CLASSIFIED, include=("metadata", "prediction")
    ),
    "finished-categories.json": lambda: media_body(
        finished_media(), mono_transcript(), CATEGORISED, include=("metadata", "categories")
    ),
    "category-trial.json": lambda: trial_body(TRIAL, 42),
    "category-application.json": lambda: application_body(APPLICATION),
    "category-applications.json": lambda: applications_body(
        [replace(APPLICATION, started=None, ended=None, problem=None, failures=0, done=0), APPLICATION]
    ),
    "classifiers.json": lambda: classifiers_body({"reason": CLASSIFIER}),
    "public-key.json": lambda: public_key_body(PUBLIC_KEY),
    "public-keys.json": lambda: public_keys_body([PUBLIC_KEY]),
    "finished-nameless.json": lambda: media_body(finished_media(), mono_transcript(), nameless_findings()),
    "transcript-entities.json": lambda: transcript_answer(MEDIA_ID, SILENCE, entities=analysed_findings().entities),
    "spotting-group.json": lambda: group_body("cancellation", GROUPS["cancellation"]),
    "spotting-groups.json": lambda: groups_body(GROUPS),
    "vocabulary-scripts.json": lambda: vocabulary_body("our calls", VOCABULARIES["our calls"]),
    "vocabularies.json": lambda: vocabularies_body(VOCABULARIES),
    "metrics.json": metrics_body,
    "detectors.json": detectors_body,
    "transcript-stereo.json": lambda: transcript_answer(MEDIA_ID, stereo_transcript(), ALTERNATE_FORMATS),
    "metadata.json": lambda: metadata_body(MEDIA_ID, accepted_media().metadata),
    "progress-running.json": lambda: progress_body(running_media()),
    "progress-finished.json": lambda: progress_body(finished_media()),
    "streams.json": lambda: streams_body(MEDIA_ID, [StreamLink("original", "https://example.com/streams/abc")]),
    "list.json": lambda: list_body(Page([finished_media(), accepted_media()]), MediaQuery(limit=2)),
    "list-empty.json": lambda: list_body(Page([]), MediaQuery()),
    "root.json": root_body,
    "deliveries-of-media.json": lambda: media_deliveries_body(
        MEDIA_ID, Page([dead_delivery(), held_delivery()]), MediaDeliveriesQuery(limit=2)
    ),
    "deliveries.json": lambda: deliveries_body(
        Page([dead_delivery(), held_delivery()], str(held_delivery().delivery.id)), DeliveryQuery(limit=2)
    ),
    "delivery.json": lambda: delivery_body(dead_delivery()),
    "replays.json": lambda: replays_body(
        Replays(
            (held_delivery().delivery.id,), (ReplayRefusal(dead_delivery().delivery.id, "No."),), True, str(MEDIA_ID)
        )
    ),
    "endpoints.json": lambda: endpoints_body([paused_endpoint()]),
    "error-400.json": lambda: error_body(
        [Problem.of(Code.PRIORITY_UNKNOWN), Problem.of(Code.LANGUAGE_UNSUPPORTED, language="tlh-KL")], 400, REFERENCE
    ),
    "error-404.json": lambda: error_body([Problem.of(Code.TRANSCRIPT_NOT_READY)], 404, REFERENCE),
    "error-503.json": lambda: error_body([Problem.of(Code.DATABASE_FAILED)], 503, REFERENCE),
}

CALLBACKS: dict[str, tuple[CallbackPlan, str]] = {
    "callback-analytics.json": (CallbackPlan("https://example.com/"), "application/json"),
    "callback-analytics-metadata.json": (
        CallbackPlan("https://example.com/", include=("metadata",)),
        "application/json",
    ),
    "callback-transcript.json": (
        CallbackPlan("https://example.com/", type=CallbackType.TRANSCRIPT, format=TextFormat.JSON),
        "application/json",
    ),
}

ENDINGS = {TextFormat.TEXT: "txt", TextFormat.SRT: "srt", TextFormat.WEBVTT: "vtt", TextFormat.DFXP: "dfxp"}
TRANSCRIPTS = {"stereo": stereo_transcript, "mono": mono_transcript}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_has_not_changed(name: str) -> None:
    pinned = (GOLDEN / name).read_text("utf-8")
    assert json.dumps(DOCUMENTS[name](), ensure_ascii=False, indent=1) + "\n" == pinned


@pytest.mark.parametrize("name", CALLBACKS)
def test_a_callback_has_not_changed(name: str) -> None:
    callback, content_type = CALLBACKS[name]
    body, sent_type = callback_body(finished_media(), stereo_transcript(), callback)
    assert sent_type == content_type
    assert body + b"\n" == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("text_format", ENDINGS)
@pytest.mark.parametrize("speakers", TRANSCRIPTS)
def test_a_text_format_has_not_changed(speakers: str, text_format: TextFormat) -> None:
    pinned = (GOLDEN / f"{speakers}.{ENDINGS[text_format]}").read_bytes()
    assert render(TRANSCRIPTS[speakers](), text_format).encode() == pinned


def test_no_golden_file_is_left_over() -> None:
    expected = {*DOCUMENTS, *CALLBACKS, *(f"{name}.{end}" for name in TRANSCRIPTS for end in ENDINGS.values())}
    assert {path.name for path in GOLDEN.iterdir() if not path.name.startswith("v2beta-")} == expected


def test_bytes_on_the_wire_are_compact_utf8() -> None:
    assert json_bytes({"a": "ü", "b": [1, None]}) == '{"a":"ü","b":[1,null]}'.encode()
