"""A transcript as it was heard is stored for a while; nothing of it may come out by way of an error."""

from __future__ import annotations

import traceback

import pytest

from voxport.core.artefacts import transcript_from_json


@pytest.mark.parametrize(
    "data",
    [
        b'{"language": "en-US", "turns": [{"channel": 0, "speaker": null, "words": [{"text": 4111222233334444}]}]}',
        b'{"language": "4111222233334444", "turns": "4111222233334444"}',
        b"4111222233334444",
        b"{4111222233334444",
    ],
)
def test_an_unreadable_transcript_is_not_quoted(data: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be read") as caught:
        transcript_from_json(data)
    told = "".join(traceback.format_exception(caught.value))
    assert "4111" not in told
