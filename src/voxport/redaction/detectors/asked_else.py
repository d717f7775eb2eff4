"""What else is asked for once a secret was: a telephone, an address, a birthday, the number of a document.

The phrases are those by which details of people and numbers of states are found. What answers such a question is no
digit of a card and no social security number, unless it has the form of one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors import card_numbers
from voxport.redaction.detectors.grouping import is_said_as_phone, spoken_pattern
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention, find_mentions
from voxport.redaction.dialogue.questions import find_questions, is_question
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of

_DETAILS = ("phone", "email", "address", "dateOfBirth", "account")
_DOCUMENTS = ("DNI", "NINO", "Passport", "DriversLicense")
"""Numbers of states that have another form than a card or a social security number."""
_SOCIAL_PATTERN = (3, 2, 4)
"""Digits of the groups of a social security number."""
_BEHIND = 4
"""Words behind a phrase that are of the same question: "a number to" "reach you". A judgement."""
_NEAR = 6
"""Words and marks on each side of digits that are looked at. A judgement."""
_SECRETS = frozenset({Topic.CARD, Topic.EXPIRY, Topic.CODE, Topic.SOCIAL, Topic.PART})
_ANSWERED = {Subject.EXPIRY: 2, Subject.CODE: 2, Subject.SOCIAL: 4, Subject.PAYMENT: 0}
"""Digits that answer the question for each; those of a payment that were not asked for follow a whole card."""
_TELEPHONE = range(7, 12)
_DOCUMENT = range(6, 11)
"""Digits of what may answer such a question before the card that was spoken of is given."""


@dataclass(frozen=True, slots=True)
class AskedElseOptions:
    """What answers a question for something else. All values are judgements."""

    least_digits: int = 5
    """From so many digits on they answer what was asked; fewer may be the code, asked for in words of no list,"""
    words_beside: int = 2
    """unless so many words stand in their sentence."""
    most_digits: int = 12
    """From more digits on they are a number of a card."""
    beside_ms: int = 3_000
    """ms before such a question in which a question for a secret stands beside it: "your social and your birthday"."""
    looked_at: int = 6
    """Questions before digits that are looked at."""
    asked_ms: int = 30_000
    """ms from a question to the digits."""
    talked: int = 3
    """Words of who asks, nods aside, after which something new was asked for."""
    years: tuple[int, int] = (1900, 2015)
    """Years in which people are born who have a card."""


@dataclass
class OtherQuestions:
    """The questions of a call for something else, found when the first digits ask for them."""

    dialogue: Dialogue
    options: AskedElseOptions
    answers: dict[int, Mention] = field(default_factory=dict)
    """The question that each line answers with its last digits."""

    @cached_property
    def _found(self) -> tuple[Sequence[Mention], Sequence[int]]:
        """The questions, and when each begins, in order."""
        details = find_questions(self.dialogue, _DETAILS)
        documents = find_mentions(self.dialogue, "national", _DOCUMENTS)
        asked = [one for one in (*details, *documents) if one.asks and is_question(self._line(one), one)]
        asked.sort(key=self._begin_ms)
        asked = [one for one in asked if one.kind != "phone" or self._is_of_telephones(one)]
        return asked, [self._begin_ms(one) for one in asked]

    def _line(self, mention: Mention) -> Line:
        return self.dialogue.lines[mention.channel]

    def _is_of_telephones(self, mention: Mention) -> bool:
        """Whether the words of a question say that it is for a telephone: "what number" may ask for that of a card."""
        line = self._line(mention)
        said = line.plain_words[mention.first : mention.last + 1 + _BEHIND]
        return not word_lists_of(line.language).telephones.isdisjoint(said)

    def _begin_ms(self, mention: Mention) -> int:
        return self._line(mention).words[mention.first].start_ms

    def are_answered(self, run: NumberRun, subject: Subject, given: Sequence[NumberRun]) -> bool:
        """Whether digits answer one of them. `given`: what has answered the cue."""
        if min(len(run.value), len(run.corrected)) > self.options.most_digits:
            return False
        mention = self._last_before(run)
        if mention is None:
            return False
        if self.answers.get(run.channel) is mention:
            return True
        named = subject is Subject.UNKNOWN or (subject is Subject.CARD_NAMED and not given)
        fits = self._fits_unasked(run, mention) if named else self._fits(run, mention)
        if fits and (named or self._is_spent(subject, given, self._begin_ms(mention))):
            self.answers[run.channel] = mention
            return True
        return False

    def _last_before(self, run: NumberRun) -> Mention | None:
        """The question that was asked last before digits, where no secret was asked for beside it or since."""
        asked, starts_ms = self._found
        end = bisect_left(starts_ms, run.span.start_ms)
        if spoken_pattern(run) == _SOCIAL_PATTERN:
            return None
        for mention in reversed(asked[max(0, end - self.options.looked_at) : end]):
            begin_ms = self._begin_ms(mention)
            if run.span.start_ms - begin_ms > self.options.asked_ms:
                return None
            own = mention.channel == run.channel and not is_said_as_phone(run)
            cues = self.dialogue.cues_within(begin_ms - self.options.beside_ms, run.span.start_ms)
            if any(cue.topic in _SECRETS and not self._is_answered(cue, begin_ms, run) for cue in cues):
                return None
            if not own and not self._has_gone_on(mention, run):
                return mention
        return None

    def _is_answered(self, cue: Cue, until_ms: int, run: NumberRun) -> bool:
        """Whether who says the digits has said others since a question for a secret, before a time."""
        runs = self.dialogue.lines[run.channel].runs
        end = bisect_left(runs, until_ms, key=lambda one: one.span.start_ms)
        return end > 0 and runs[end - 1].span.start_ms >= cue.start_ms

    def _has_gone_on(self, mention: Mention, run: NumberRun) -> bool:
        """Whether who asked has begun another sentence since."""
        line = self.dialogue.lines[mention.channel]
        end = bisect_left(line.words, run.span.start_ms, key=lambda word: word.start_ms)
        asked = line.sentences[mention.last]
        since = range(max(mention.last + 1, end - 2 * self.options.asked_ms // 1_000), end)
        nods = common_words().nods
        said = [at for at in since if line.sentences[at] != asked and line.plain_words[at] not in {"", *nods}]
        return len(said) >= self.options.talked

    def _fits_unasked(self, run: NumberRun, mention: Mention) -> bool:
        """Whether digits answer it although a card was spoken of, of which nothing was given yet."""
        if mention.kind == "phone":
            in_fours = len(run.groups) > 1 and set(spoken_pattern(run)) == {card_numbers.GROUP}
            return not in_fours and len(run.corrected) in _TELEPHONE
        return mention.kind in _DOCUMENTS and len(run.value) in _DOCUMENT

    def _fits(self, run: NumberRun, mention: Mention) -> bool:
        if len(run.value) >= self.options.least_digits:
            return True
        line = self.dialogue.lines[run.channel]
        words_beside = _words_beside(line, run)
        if mention.kind == "dateOfBirth":
            months = word_lists_of(line.language).months
            first, last = self.options.years
            dated = any(word in months for word in (*line.before(run.words[0], 3), *line.after(run.words[1], 2)))
            return any(first <= group.value <= last for group in run.groups) and (dated or words_beside == 0)
        return mention.kind in ("email", "address") and words_beside >= self.options.words_beside

    def _is_spent(self, subject: Subject, given: Sequence[NumberRun], asked_ms: int) -> bool:
        """Whether the secret was given before something else was asked for."""
        least = _ANSWERED.get(subject)
        return least is not None and sum(len(one.value) for one in given if one.span.start_ms < asked_ms) >= least


def _words_beside(line: Line, run: NumberRun) -> int:
    """How many words stand near digits in their sentence."""
    first, last = run.words
    near = (*range(max(0, first - _NEAR), first), *range(last + 1, min(len(line.words), last + 1 + _NEAR)))
    return sum(1 for at in near if line.plain_words[at] and line.sentences[at] == line.sentences[first])
