"""The words of a call as its page shows them: what covers which of them."""

from __future__ import annotations

import random
from typing import Any

from voxport.console.call_text import covers_of, turns_of

_NAMES = ("Agent", "Caller", None)


def test_of_many_covers_each_word_has_the_first_that_lies_over_it() -> None:
    media = _media(random.Random(3), words=4_000, covers=1_200)  # noqa: S311 - made up
    covers = covers_of(media)
    shown = [(turn.speaker, word) for turn in turns_of(media) for word in turn.words]
    assert len(shown) == 4_000
    assert {word.kind for _, word in shown} >= {None, "D0", "D1", "D2"}
    for speaker, word in shown[::5]:
        middle = (word.start_ms + word.end_ms) / 2
        over = (one for one in covers if one.start_ms <= middle <= one.end_ms and one.speaker in (None, speaker))
        assert word.kind == next((one.kind for one in over), None)


def _media(made: random.Random, *, words: int, covers: int) -> dict[str, Any]:
    """Two speakers by turns of ten words, and covers of either or of both, of which some lie within others."""
    said: list[dict[str, Any]] = []
    for at in range(words):
        if at % 10 == 0:
            said.append({"m": "turn", "w": _NAMES[at // 10 % 2]})
        said.append({"w": f"w{at}", "s": at * 300, "e": at * 300 + 250, "c": 0.9})
    detectors: list[dict[str, Any]] = [{"detectorName": f"D{number}", "detections": []} for number in range(3)]
    for _ in range(covers):
        start, name = made.randrange(words * 300), made.choice(_NAMES)
        span = {"s": start, "e": start + made.choice((0, 200, 900, 900, 3_000))}
        segment = {"occurrences": [span]} if name is None else {"speakerName": name, "occurrences": [span]}
        made.choice(detectors)["detections"].append({"detectedSegments": [segment]})
    return {"transcript": {"words": said}, "prediction": {"detectors": detectors}}
