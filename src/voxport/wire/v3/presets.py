"""Presets: configurations to begin with, saved under names. Voxport's own, in the manner of v3.

One is a help for people: no configuration names it, and nothing changes by it. Whoever may read definitions sees it
whole, so it holds no secret.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NotRequired
from urllib.parse import urlsplit

from typing_extensions import TypedDict

from voxport.core.codes import Code
from voxport.core.definitions import Definition, Preset, preset_from_json
from voxport.wire.reading.configuration import ConfigurationOptions
from voxport.wire.reading.definitions import read_body
from voxport.wire.reading.documents import body_kind
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.shapes.definitions import SavedPreset
from voxport.wire.v3.wording import WORDING
from voxport.wire.writing.links import Links, path_of, self_link
from voxport.wire.writing.shapes import Moment, closed
from voxport.wire.writing.times import wire_time

PRESETS_PATH = "/v3/definition/presets"
BODY_LIMITS = JsonLimits(size_bytes=64 << 10, depth=33)
"""A list shows all of them at once."""
_PRESET = body_kind("preset", Code.CONFIGURATION_INVALID)
_MAX_NAME_CHARS, _MAX_DESCRIPTION_CHARS = 256, 4_000
_OPEN_TO_ALL = (
    "The url of callback {number} has a query, a user or a password. A preset is seen by whoever may read definitions: "
    "leave the url out, and add it with each recording."
)


@closed
class PresetBody(TypedDict):
    """A configuration to begin with."""

    _links: Links
    presetName: str
    presetDescription: NotRequired[str]
    configuration: dict[str, Any]
    """As it was put"""
    dateCreated: Moment
    dateModified: Moment


@closed
class PresetsBody(TypedDict):
    _links: Links
    presets: list[PresetBody]


def parse_preset(body: bytes, name: str, options: ConfigurationOptions) -> Preset:
    """The preset that is put under `name`, whose configuration a recording could be sent with now.

    What it names of saved definitions need not be there yet. Raises RequestRefused 10007, 10008, 10010, 10800, and with
    what a configuration is refused with.
    """
    refusals = Refusals(WORDING, _PRESET)
    value = read_body(body, _PRESET, BODY_LIMITS)
    asked = read_shape(value, SavedPreset, (_PRESET.name,), refusals) or SavedPreset.nothing()
    refusals.refuse_if_any()
    # Not that of the shape, for which an empty object is nothing: here it asks for all that is usual.
    configuration = value.get("configuration") if isinstance(value, dict) else None
    if not name.strip() or len(name) > _MAX_NAME_CHARS or not name.isprintable():
        sentence = f"A name has 1 to {_MAX_NAME_CHARS} printable characters; {{name}} has not."
        refusals.refuse(_PRESET.unreadable, sentence, name=clip(name))
    if asked.preset_name not in (None, name):
        refusals.unreadable(("presetName",), "the name in the path, or left out")
    if len(asked.preset_description or "") > _MAX_DESCRIPTION_CHARS:
        refusals.unreadable(("presetDescription",), f"a text of at most {_MAX_DESCRIPTION_CHARS} characters")
    if not isinstance(configuration, dict):
        refusals.unreadable(("configuration",), "an object")
    refusals.refuse_if_any()
    text = json.dumps(configuration, ensure_ascii=False, separators=(",", ":"))
    for number, callback in enumerate(parse_configuration(text, options).plan.callbacks, 1):
        address = urlsplit(callback.url)
        if address.query or address.username is not None or address.password is not None:
            refusals.refuse(_PRESET.unreadable, _OPEN_TO_ALL, number=str(number))
    refusals.refuse_if_any()
    return Preset(text, asked.preset_description)


def preset_body(one: Definition) -> PresetBody:
    """The answer to GET and PUT of one."""
    preset = preset_from_json(one.body)
    body: PresetBody = {
        "_links": self_link(path_of(PRESETS_PATH, one.name)),
        "presetName": one.name,
        "configuration": json.loads(preset.configuration),
        "dateCreated": wire_time(one.created),
        "dateModified": wire_time(one.updated),
    }
    if preset.description is not None:
        body["presetDescription"] = preset.description
    return body


def presets_body(found: Sequence[Definition]) -> PresetsBody:
    """The answer to GET of all, by name."""
    return {"_links": self_link(PRESETS_PATH), "presets": [preset_body(one) for one in found]}
