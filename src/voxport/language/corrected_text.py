"""A transcript as a person hands it back: plain text, SRT or WebVTT, with the names of speakers before what they said.

Read into words and marks as they are written; times in captions are passed over, since the recording has better ones.
Gives no word a time: `speech/alignment.py` does.

No library reads the captions: pysubs2 takes notes and names of cues for speech, loses a spoken number at the end of a
cue and the names of voices, and needs seconds for 40 kB of spaces. Every pattern here ends in linear time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_CUE_TIME = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}.*")
_CUE_NUMBER = re.compile(r"\s*\d+\s*")
# Possessive, and ended by the next tag: what never closes is given up at once, however long the line.
_VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?\s++([^<>]*+)>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[. ][^<>]*+)?>", re.IGNORECASE)
_NOTES = ("NOTE", "STYLE", "REGION")
_MARKS = ".,?!;:…"
_LAST_OF_WORD = re.compile(r"[\w\])}>*%°¢€£$'’+#]")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}|(?:mr|mrs|ms|dr|st|jr|sr|prof|sra|dra|mme|bzw)\.", re.IGNORECASE)
MAX_WORD_CHARS = 200
"""Nothing that a person says is longer. Putting n combining accents in order takes n² steps (Unicode normalization)."""
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark as it is written."""

    text: str
    is_mark: bool = False
    """Whether it is punctuation, which belongs to the word before it."""
    labelled: bool = False
    """Whether a speaker's name stands before it."""
    channel: int | None = None
    """That speaker's; None without a name, and for a name that is not one channel's."""

    @property
    def key(self) -> str:
        """What words are compared by: letters and figures alone, without accents of case or writing."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """Letters and figures of a word, in one case; of what has none, the text itself."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum()) or folded


def is_readable(text: str) -> bool:
    """Whether every word of the text is short enough to be one."""
    return all(len(word) <= MAX_WORD_CHARS for word in text.split())


def read_corrected(text: str, speakers: Mapping[str, int | None]) -> tuple[Token, ...]:
    """All words and marks in order. `speakers`: the channel of each name, None for a name of several channels.

    A name counts at the beginning of a line in any letter case, and within a line as it is written in `speakers`, which
    is how transcripts are given out: `Agent: Hello. Caller: Hi.` It holds until the next name. `text` has been asked
    for `is_readable`.
    """
    plain = "".join(_visible(sign) for sign in unicodedata.normalize("NFC", text))
    folded = {name.casefold(): channel for name, channel in speakers.items()}
    labels = _labels(speakers)
    tokens: list[Token] = []
    labelled, channel = False, None
    for line in _spoken_lines(plain):
        at = 0
        for label in labels.finditer(line) if labels is not None else ():
            # A pattern takes more letters for the same than names are compared by (Turkish i).
            if label[1].casefold() not in folded or (label.start() > 0 and label[1] not in speakers):
                continue
            tokens += _tokens(line[at : label.start()], labelled, channel)
            labelled, channel, at = True, folded[label[1].casefold()], label.end()
        tokens += _tokens(line[at:], labelled, channel)
    return tuple(tokens)


def _visible(sign: str) -> str:
    """Control signs could not be written into captions again."""
    if sign in _UNSEEN:
        return ""
    return sign if sign == "\n" or not unicodedata.category(sign).startswith("C") else " "


def _labels(speakers: Mapping[str, int | None]) -> re.Pattern[str] | None:
    names = sorted((name for name in speakers if name.strip()), key=len, reverse=True)
    if not names:
        return None
    return re.compile(rf"(?:^|(?<=\s))({'|'.join(map(re.escape, names))})\s?:(?=\s|$)", re.IGNORECASE)


def _spoken_lines(text: str) -> Iterator[str]:
    """The lines without what only captions have."""
    lines = [line.strip() for line in text.splitlines()]
    captions = any(_CUE_TIME.fullmatch(line) for line in lines)
    if not captions:
        yield from (line for line in lines if line)
        return
    noting = False
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        noting = bool(line) and (noting or line.split(" ")[0] in _NOTES)
        if noting or not line or _CUE_TIME.fullmatch(line) or (place == 0 and line.startswith("WEBVTT")):
            continue
        if _CUE_TIME.fullmatch(following) and (_CUE_NUMBER.fullmatch(line) or not lines[place - 1]):
            continue
        yield _TAG.sub("", _VOICE.sub(r"\1: ", line)).strip()


def _tokens(text: str, labelled: bool, channel: int | None) -> Iterator[Token]:
    for written in text.split():
        word, marks = _divided(written)
        if word:
            yield Token(word, False, labelled, channel)
        if marks:
            yield Token(marks, True, labelled, channel)


def _divided(written: str) -> tuple[str, str]:
    """A word and the marks behind it; dots that belong to an abbreviation, or stand for a word, are no marks."""
    if _ABBREVIATION.fullmatch(written):
        return written, ""
    if not any(sign.isalnum() for sign in written):
        return ("", written) if written in _MARKS else (written, "")
    last = max(match.start() for match in _LAST_OF_WORD.finditer(written))
    tail = written[last + 1 :]
    return (written[: last + 1], tail) if any(sign in _MARKS for sign in tail) else (written, "")
