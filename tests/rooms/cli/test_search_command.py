from __future__ import annotations

from voxport.cli.search import lines_of


def test_each_call_has_a_line_and_its_hits_below_it() -> None:
    place = {
        "startMs": 2500,
        "endMs": 2900,
        "speaker": "Caller",
        "text": "a \x1b[2J refund",
        "line": 1,
        "startRatio": 0.1,
    }
    answer = {
        "rows": [
            {"mediaId": "1", "metadata.score": "7"},
            {"_links": {}, "mediaId": "2", "metadata": {"title": "A\nb"}},
        ],
        "hits": [[{"score": 1.0, "conditions": ["c"], "fieldValues": place}], []],
    }
    assert list(lines_of(answer)) == ["1\t7", "\t2.5 s\tCaller\ta  [2J refund", "2\tA b"]
