"""Configurations to begin with, for uploads and further runs; each is a whole document, and may be changed.

Some are always there; an organisation saves its own over the API (`/v3/definition/presets`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused

PRESETS_PATH = "/v3/definition/presets"
_FINDINGS: Mapping[str, object] = {
    "knowledge": {"enableDiscovery": True},
    "entity": {"enableEntityExtraction": True},
    "speakerSentiments": True,
    "conversation": {"verbNounPairsEnabled": True},
    "metrics": [{"metricGroupName": name} for name in ("overtalk", "talk-time-and-rate", "sentiment")],
}
_TWO_SIDES: Mapping[str, object] = {
    "stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}},
}
_REDACTION: Sequence[Mapping[str, object]] = [
    {
        "detectorName": name,
        "redactor": {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.5}},
    }
    for name in ("PCI", "SSN")
]
_SEARCHABLE: Mapping[str, object] = {"enableAnalyticIndexing": True}


@dataclass(frozen=True, slots=True)
class Preset:
    """A configuration under a name."""

    name: str
    for_whom: str
    """In words, when it is the right one."""
    configuration: Mapping[str, object]

    @property
    def written(self) -> str:
        """The document, indented."""
        return json.dumps(self.configuration, indent=2, ensure_ascii=False)


PRESETS: Sequence[Preset] = (
    Preset("Transcript", "What was said, and nothing else. Any language.", {"publish": _SEARCHABLE}),
    Preset(
        "Two sides, with findings",
        "A stereo call in English, agent left and caller right: keywords, entities, sentiment, talk.",
        {"ingest": _TWO_SIDES, **_FINDINGS, "publish": _SEARCHABLE},
    ),
    Preset(
        "Two sides, card numbers redacted",
        "The same, with payment cards and social security numbers redacted in words and in sound.",
        {
            "ingest": _TWO_SIDES,
            **_FINDINGS,
            "prediction": {"detectors": _REDACTION},
            "publish": _SEARCHABLE,
        },
    ),
    Preset(
        "One channel, with findings",
        "A mono recording in English.",
        {**_FINDINGS, "publish": _SEARCHABLE},
    ),
)


async def saved_presets(page: Page) -> Sequence[Preset]:
    """Those of the organisation, by name; none for a key that may not read them. Raises ApiRefused, SignedOut."""
    try:
        found = (await page.get(PRESETS_PATH))["presets"]
    except ApiRefused as refused:
        if refused.status != 403:
            raise
        return ()
    return [Preset(one["presetName"], one.get("presetDescription", ""), one["configuration"]) for one in found]
