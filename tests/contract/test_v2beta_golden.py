"""Bodies of the older dialect pinned to the byte.

`golden/v2beta-callback-seed.json` is the body that the platform's S3 guide prints, completed where the guide cuts it.
As those of v3, no option writes these files again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.rooms.wire.examples import (
    MEDIA_ID,
    accepted_media,
    failed_media,
    finished_media,
    mono_transcript,
    plain_findings,
    running_media,
    stereo_transcript,
)
from tests.rooms.wire.v2beta_examples import discovered, seed_findings, seed_media, seed_transcript
from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.media import Organization
from voxport.core.plan import VocabularyTerm
from voxport.wire.v2beta import definitions, index, keys
from voxport.wire.v2beta.callback import callback_body
from voxport.wire.v2beta.described import metadata_body
from voxport.wire.v2beta.media import accepted_body, list_item_body, media_item_body
from voxport.wire.v2beta.progress import progress_body
from voxport.wire.v2beta.streams import streams_body
from voxport.wire.v2beta.transcript import transcript_answer, transcripts_answer
from voxport.wire.writing.keys import ShownKey
from voxport.wire.writing.streams import StreamLink

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://voxport.example"
ACME = Organization(UUID(int=7), "Acme")
TERMS = (VocabularyTerm("Voxport", ("vox port", "fox port"), 3), VocabularyTerm("Zarqon", weight=1))
ISSUED = datetime(2031, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)
OWN = ShownKey(UUID(int=1), "abcdef", ISSUED, None)
MADE = ShownKey(UUID(int=2), "ghijkl", ISSUED, ISSUED + timedelta(hours=2), "vx_0123456789ghijkl")
PLAYER = ShownKey(UUID(int=3), "mnopqr", ISSUED, None, "vx_0123456789mnopqr", frozenset({MEDIA_ID}))

DOCUMENTS: dict[str, Callable[[], Any]] = {
    "accepted": lambda: accepted_body(accepted_media()),
    "item-running": lambda: media_item_body(running_media(), None, None),
    "item-failed": lambda: media_item_body(failed_media(), None, None),
    "item-mono": lambda: media_item_body(finished_media(), mono_transcript(), plain_findings()),
    "item-stereo": lambda: media_item_body(finished_media(), stereo_transcript(), discovered()),
    "item-seed": lambda: media_item_body(seed_media(), seed_transcript(), seed_findings()),
    "list-item": lambda: list_item_body(running_media()),
    "item-unasked": lambda: media_item_body(seed_media(), seed_transcript(), None),
    "transcripts": lambda: transcripts_answer(seed_media(), seed_transcript()),
    "transcript": lambda: transcript_answer(seed_media(), seed_transcript()),
    "metadata": lambda: metadata_body(
        replace(finished_media(), metadata={"externalId": "call-17", "external": {"name": "crm"}, "title": "A"})
    ),
    "progress-running": lambda: progress_body(running_media()),
    "progress-finished": lambda: progress_body(replace(finished_media(), steps=running_media().steps)),
    "streams": lambda: streams_body(
        MEDIA_ID,
        [
            StreamLink("original", "https://example.com/streams/abc"),
            StreamLink("redacted-audio", "https://example.com/streams/def"),
        ],
    ),
    "root": index.root_body,
    "login": lambda: keys.login_body(ACME, "vx_0123456789abcdef"),
    "profile": index.profile_body,
    "keys": lambda: keys.keys_body([OWN, replace(MADE, bearer=None), replace(PLAYER, bearer=None)]),
    "key-made": lambda: keys.key_body(MADE),
    "users": lambda: keys.users_body(ACME),
    "user": lambda: keys.user_body(ACME, "vx_0123456789abcdef", OWN),
    "tokens": lambda: keys.tokens_body("vx_0123456789abcdef", OWN),
    "token": lambda: keys.token_body(replace(PLAYER, bearer=None)),
    "token-made": lambda: keys.made_token_body(PLAYER),
    "definitions": lambda: index.index_body(
        definitions.DEFINITIONS_PATH, definitions.INDEXES[definitions.DEFINITIONS_PATH]
    ),
    "groups": lambda: definitions.groups_body({"up & sell": SpottingGroup(("premium plan", "upgrade"))}),
    "vocabulary": lambda: definitions.vocabulary_body("products", Vocabulary(TERMS)),
    "vocabularies": lambda: definitions.vocabularies_body({"hello": Vocabulary(scripts=("Thank you.",))}),
    "search": lambda: definitions.search_body(["externalId"]),
    "models": definitions.models_body,
    "callback-seed": lambda: callback_body(seed_media(), seed_transcript(), seed_findings(), BASE + "/"),
    "callback-stereo": lambda: callback_body(finished_media(), stereo_transcript(), discovered(), BASE),
    "callback-failed": lambda: callback_body(failed_media(), None, None, BASE),
    "callback-keywords": lambda: callback_body(
        finished_media(), stereo_transcript(), discovered(), BASE, ("keywords", "metadata")
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_has_not_changed(name: str) -> None:
    pinned = (GOLDEN / f"v2beta-{name}.json").read_text("utf-8")
    assert json.dumps(DOCUMENTS[name](), ensure_ascii=False, indent=1) + "\n" == pinned


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.glob("v2beta-*")} == {f"v2beta-{name}.json" for name in DOCUMENTS}


def test_the_body_is_field_by_field_that_of_the_worked_example() -> None:
    body = DOCUMENTS["callback-seed"]()
    assert list(body) == ["_links", "callback", "media"]
    assert body["_links"] == {"self": {"href": f"{BASE}/v2-beta/media/32f388fa-330b-4c6b-8969-8b1daf34ca30"}}
    assert body["callback"] == {"success": True, "warnings": [], "event": {"status": "finished"}, "errors": []}
    media = body["media"]
    # The guide's recording had no topic to show; here the section is there and empty.
    assert media.pop("topics") == {"topics": []}
    assert media["metadata"] == {
        "length": {"milliseconds": 5070, "descriptive": "5.0 sec"},
        "contentType": "audio/x-wav",
    }
    assert media["keywords"] == {
        "words": [{"t": {"unknown": ["2.35"]}, "name": "beneath", "relevance": "5.74952226429e-19"}]
    }
    transcripts = media["transcripts"]
    assert list(transcripts) == ["srt", "words", "text"]
    assert transcripts["srt"] == (
        "1\n00:00:02,16 --> 00:00:05,07\nThis is beneath you and sometimes\nI think you'll come to an end.\n\n"
    )
    assert transcripts["words"][0] == {"p": 0, "s": 2160, "c": 0.15, "e": 2220, "w": "This"}
    assert transcripts["text"] == "This is beneath you and sometimes I think you'll come to an end. "
    assert (media["mediaId"], media["status"]) == ("32f388fa-330b-4c6b-8969-8b1daf34ca30", "finished")
    assert list(media) == ["metadata", "keywords", "transcripts", "mediaId", "status"]
