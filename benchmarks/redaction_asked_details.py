"""Details of people in thousands of short dialogues as text: each way of asking with each way of answering.

Both stand in `redaction_asked_details.json`, by language and kind; `[...]` is a detail. Each pair is written in one of
some ways in which recognisers write: digits as words or figures, glued or apart, with marks or without. Rules are
chosen with all of them, so their figures are tuned; it takes a minute and no sound.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks import spoken_forms as forms
from benchmarks.redaction_measures import NOTHING, Share
from benchmarks.redaction_stages import redactor
from benchmarks.redaction_texts import TextCall, call_of
from benchmarks.table import Row
from voxport.core.plan import DetectionLevel
from voxport.core.spans import clip
from voxport.core.transcript import Span, Word, WordKind
from voxport.redaction.detection import detect

_WRITTEN = (
    ("plain", "all"),
    ("words", "all"),
    ("spaced", "stops"),
    ("glued", "none"),
    ("glued", "commas"),
    ("words", "none"),
)
"""How digits and addresses are written, and which sentence marks."""
_AROUND = {
    "en": (
        ["A Thank you for calling, how can I help you today?", "C Hi, I have a question about my service."],
        ["C Okay, thank you very much for your help.", "A Have a nice day."],
    ),
    "es": (
        ["A Buenos días, ¿en qué puedo ayudarle?", "C Hola, tengo un problema con la factura."],
        ["C Muy bien, muchas gracias por su ayuda.", "A Que tenga un buen día."],
    ),
}
_LANGUAGES = {"en": "en-US", "es": "es-US"}


def asked_calls(language: str, kind: str) -> Iterator[TextCall]:
    """A dialogue for each pair of a language and a kind."""
    both = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))[language][kind]
    before, after = _AROUND[language]
    for asking, question in enumerate(both["asked"]):
        for answering, answer in enumerate(both["answered"]):
            style, marks = _WRITTEN[(asking * 7 + answering * 3) % len(_WRITTEN)]
            lines = [*before, f"A {question}", *answer, *after]
            yield call_of([_written(line, language, style, marks) for line in lines], _LANGUAGES[language], ("PII",))


def _written(line: str, language: str, style: str, marks: str) -> str:
    said = re.sub(r"\[[^\]]*\]", lambda found: _detail(found.group(), language, style), line.replace("¿", ""))
    match marks:
        case "none":
            return re.sub(r"[,.?](?=[\s\]]|$)", "", said)
        case "commas" if said.startswith("C"):
            return re.sub(r"[.?](?=[\s\]]|$)", ",", said)
        case "stops":
            return re.sub(r"\?(?=[\s\]]|$)", ".", said)
    return said


def _detail(text: str, language: str, style: str) -> str:
    ones = forms.UNOS if language == "es" else forms.ONES

    def digits(found: re.Match[str]) -> str:
        figures = (ones[int(digit)] if style == "words" else digit for digit in found.group())
        return " ".join(figures) if style in ("words", "spaced") else found.group()

    text = re.sub(r"(?<![\w/-])\d+(?![\w/-])", digits, text)
    if style == "glued":
        text = re.sub(r"(?<=\d) (?=\d)", "-", text)
        text = re.sub(r"(\w) (?:dot|punto) (?=\w)", r"\1.", text)
    return text


def asked_rows(name: str) -> list[Row]:
    """The rows of the table."""
    kinds = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    covered = other = NOTHING
    calls = 0
    for language, of_language in kinds.items():
        for kind in of_language:
            for call in asked_calls(language, kind):
                plans = redactor(DetectionLevel.PROBABLE_NUMBERS, *call.detectors)
                spans = detect(call.transcript, plans, call.duration_ms).covered
                covered += _share(call.secret, spans)
                told = {id(word) for word in call.secret}
                spoken = [word for word in call.transcript.words if word.kind is WordKind.WORD]
                other += _share([word for word in spoken if id(word) not in told], spans)
                calls += 1
    return [
        Row(f"{name}: PII: sensitive ms covered, as text ({calls} dialogues)", covered.percent, "%", 97, True),
        Row(f"{name}: PII: other speech covered, as text", other.percent, "%", 3),
    ]


def _share(words: list[Word] | tuple[Word, ...], spans: tuple[Span, ...]) -> Share:
    places = [Span(word.start_ms, word.end_ms) for word in words]
    inside = sum(part.end_ms - part.start_ms for place in places for part in clip(spans, place))
    return Share(inside, sum(place.end_ms - place.start_ms for place in places))


if __name__ == "__main__":
    for row in asked_rows("asked details"):
        print(row.figure, row.measured)
