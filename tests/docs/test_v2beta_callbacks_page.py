"""docs/delivery.md, "Callbacks of v2-beta": the request is taken as it stands, the body is the pinned one."""

from __future__ import annotations

import json
import re
from pathlib import Path

from voxport.core.plan import CallbackType
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.documents import CONFIGURATION
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v2beta.callback import INCLUDABLE
from voxport.wire.v2beta.callbacks_section import callback_plans
from voxport.wire.v2beta.wording import WORDING

ROOT = Path(__file__).resolve().parents[2]
SECTION = (ROOT / "docs/delivery.md").read_text("utf-8").split("\n## Callbacks of v2-beta\n", 1)[1].split("\n## ", 1)[0]
REQUEST, BODY = (json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", SECTION, flags=re.M | re.S))


def test_the_request_asks_for_three_deliveries() -> None:
    refusals = Refusals(WORDING, CONFIGURATION)
    written = REQUEST["configuration"]["publish"]["callbacks"]
    result, audio, hook = callback_plans(written, redacts_audio=True, rules=UrlRules(), refusals=refusals)
    assert (refusals.problems, refusals.warnings) == ([], [])
    assert (result.method, result.include) == ("PUT", ("transcripts", "keywords", "topics", "metadata"))
    assert (audio.type, audio.stream) == (CallbackType.MEDIA, "redacted-audio")
    assert (hook.method, hook.include) == ("POST", None)


def test_every_section_that_can_be_included_is_named() -> None:
    (row,) = re.findall(r"^\| `include` \| (.*) \|$", SECTION, flags=re.M)
    assert tuple(re.findall(r"`(\w+)`", row)) == INCLUDABLE


def test_the_body_is_the_one_that_is_sent() -> None:
    pinned = json.loads((ROOT / "tests/contract/golden/v2beta-callback-seed.json").read_text("utf-8"))
    del pinned["media"]["transcripts"]["words"][1:]
    assert pinned == BODY
