"""What was asked for last before letters and digits: a national number, or something else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from voxport.redaction.detectors.national.numbers import NATIONAL
from voxport.redaction.detectors.national.signs import Signs
from voxport.redaction.dialogue.interruptions import Interruptions
from voxport.redaction.dialogue.lines import Cue, Dialogue
from voxport.redaction.dialogue.mentions import Mention, find_mentions
from voxport.redaction.dialogue.word_lists import Topic, common_words

_LIST = "national"
_MENTION_MS = 15_000
"""No phrase of the list takes longer to say."""
_OF_FIGURES = frozenset(one.name for one in NATIONAL if one.of_figures)
"""Numbers without letters."""
_PASSING = frozenset(
    {Topic.READY, Topic.PART, Topic.CARD_NAMED, Topic.CODE_NAMED, Topic.ORDINARY_NAMED, Topic.DOCUMENT}
)
"""Cues after which what was asked for before is still what is given."""


@dataclass(frozen=True, slots=True)
class AskedOptions:
    """How long a question lasts. All values are judgements."""

    lasts_ms: int = 90_000
    """ms from a question to its answer: people look for the document."""
    named_ms: int = 30_000
    """The same where the document was only named."""
    else_ms: int = 60_000
    """ms after anything else was asked for in which it is that what is given, as for cards."""
    named_within: int = 6
    """Words and marks after a number in which "is my passport number" may name it."""


@dataclass(frozen=True)
class Asked:
    """The questions of a call, in order of time."""

    dialogue: Dialogue
    mentions: Sequence[Mention]
    """Of national numbers of all kinds."""
    others: Sequence[Cue]
    """Of anything else that ends a question."""
    options: AskedOptions
    interruptions: dict[int, Interruptions]
    """By line."""

    @classmethod
    def read(cls, dialogue: Dialogue, options: AskedOptions) -> Asked:
        mentions = find_mentions(dialogue, _LIST, [one.name for one in NATIONAL])
        taken = {(one.channel, index) for one in mentions for index in range(one.first, one.last + 1)}
        others = [
            cue
            for cue in dialogue.cues
            if cue.topic not in _PASSING
            and not any((cue.channel, index) in taken for index in range(cue.first, cue.last + 1))
        ]
        lines = dialogue.lines.values()
        interruptions = {line.channel: Interruptions.of(line, lines, dialogue.options) for line in lines}
        return cls(dialogue, mentions, others, options, interruptions)

    def begin_ms(self, mention: Mention) -> int:
        return self.dialogue.lines[mention.channel].words[mention.first].start_ms

    def is_about(self, mention: Mention, kind: str) -> bool:
        """Whether a question is for that kind, or for it as well: "your passport number and the IBAN"."""
        return mention.kind == kind or (kind, *self._sentence(mention)) in self._sentences

    def asked_before(self, kind: str, at_ms: int) -> bool:
        """Whether a number of that kind was asked for at any time before."""
        return self._first_asked_ms.get(kind, at_ms) < at_ms

    def _sentence(self, mention: Mention) -> tuple[int, int]:
        return mention.channel, self.dialogue.lines[mention.channel].sentences[mention.last]

    @cached_property
    def _sentences(self) -> frozenset[tuple[str, int, int]]:
        return frozenset((one.kind, *self._sentence(one)) for one in self.mentions)

    @cached_property
    def _first_asked_ms(self) -> dict[str, int]:
        first: dict[str, int] = {}
        for one in self.mentions:
            if one.asks:
                first[one.kind] = min(first.get(one.kind, self.begin_ms(one)), self.begin_ms(one))
        return first

    @cached_property
    def _by_channel(self) -> dict[int, list[Mention]]:
        """The mentions of each line in order of their words."""
        found: dict[int, list[Mention]] = {}
        for one in sorted(self.mentions, key=lambda one: one.first):
            found.setdefault(one.channel, []).append(one)
        return found

    def interrupted(self, stretch: Signs, since_ms: int) -> bool:
        """Whether another side says more than a nod from `since_ms` to a stretch."""
        return self.interruptions[stretch.line.channel].between(since_ms, stretch.span.start_ms)

    def last_before(self, stretch: Signs) -> Mention | Cue | None:
        """What a stretch answers, or what names it right behind; None where nothing was asked for lately."""
        named = self._named_after(stretch)
        if named is not None:
            return named
        mention = self._mention_before(stretch)
        begin_ms = stretch.span.start_ms
        since_ms = begin_ms - self.options.else_ms
        if mention is not None:
            since_ms = max(since_ms, self.begin_ms(mention))
        begin = bisect_left(self.others, since_ms, key=lambda cue: cue.start_ms)
        end = bisect_left(self.others, begin_ms, key=lambda cue: cue.start_ms)
        later = (self.others[place] for place in range(end - 1, begin - 1, -1))
        return next((cue for cue in later if not self._stays(cue, mention)), mention)

    def _mention_before(self, stretch: Signs) -> Mention | None:
        """The last question for a national number that has not run out; one only named ends none for the same kind."""
        last: Mention | None = None
        since_ms = stretch.span.start_ms - max(self.options.lasts_ms, self.options.named_ms)
        begin = bisect_left(self.mentions, since_ms, key=self._end_ms)
        end = bisect_left(self.mentions, stretch.span.start_ms + _MENTION_MS, lo=begin, key=self._end_ms)
        for mention in self.mentions[begin:end]:
            if not self._is_before(mention, stretch) or (last is not None and _is_aside(mention, last, stretch)):
                continue
            if mention.asks or last is None or not last.asks or mention.kind != last.kind:
                last = mention
        if last is None:
            return None
        lasts_ms = self.options.lasts_ms if last.asks else self.options.named_ms
        return last if stretch.span.start_ms - self._end_ms(last) <= lasts_ms else None

    def _end_ms(self, mention: Mention) -> int:
        return self.dialogue.lines[mention.channel].words[mention.last].end_ms

    def _is_before(self, mention: Mention, stretch: Signs) -> bool:
        if mention.channel == stretch.line.channel:
            return mention.last < stretch.words[0]
        return self.begin_ms(mention) < stretch.span.start_ms

    def _stays(self, cue: Cue, mention: Mention | None) -> bool:
        """Whether a question for a national number outlasts a cue in its own sentence: "your passport number and its
        expiry date", but not "when does your passport expire"."""
        if mention is None:
            return cue.topic is Topic.EXPIRY_NAMED
        sentences = self.dialogue.lines[mention.channel].sentences
        same = cue.channel == mention.channel and sentences[cue.last] == sentences[mention.last]
        return same and mention.asks

    def _named_after(self, stretch: Signs) -> Mention | None:
        """The mention in "AB123456C is my national insurance number"."""
        line, end = stretch.line, stretch.words[-1]
        mentions = self._by_channel.get(line.channel, [])
        begin = bisect_right(mentions, end, key=lambda one: one.first)
        until = bisect_right(mentions, end + self.options.named_within, lo=begin, key=lambda one: one.first)
        for mention in mentions[begin:until]:
            if line.sentences[end] != line.sentences[mention.last]:
                continue
            between = [word for word in line.plain_words[end + 1 : mention.first] if word]
            if between and between[0] in common_words().forms_of_be:
                return mention
        return None


def _is_aside(mention: Mention, last: Mention, stretch: Signs) -> bool:
    """Whether a number of figures is only named by who answers a question for another one, with letters: "license
    number?" "Oh, I had my SIN out. F852-3056"."""
    own = mention.channel == stretch.line.channel != last.channel
    return own and last.asks and mention.kind in _OF_FIGURES and stretch.text[0].isalpha()
