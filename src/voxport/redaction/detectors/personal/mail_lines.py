"""Where the domain of an e-mail address stands on a line, and what else of it shows by itself: "gmail dot com",
`miller at gmail.com`, "at" and a provider that were written as one word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from voxport.core.transcript import WordKind
from voxport.redaction.detectors.personal.mail_words import WEB, ends_in_provider, has_dotted_name
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import EmailWords, email_words, question_openings

_WRITTEN = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}", re.IGNORECASE)
_JOINED = re.compile(r"\w{0,40}[a-z](?:At|It|Et|Hat)[A-Z][a-z]\w{0,40}(?:\.[a-z]{2,4}){1,3}")
"""An address that was written as words with capitals, "at" or what was heard for it among them."""
_MELTED = re.compile(r"[\w.-]{0,40}\w{3}at\w{4,30}\.(?:com|net|org|edu|us|uk|co\.uk|ca|es|mx)", re.IGNORECASE)
"""A name with "at" and any domain behind it, written as one word."""
_LONG_DOMAIN = re.compile(r"\w{9,40}\.[a-z]{2,4}(?:\.[a-z]{2})?", re.IGNORECASE)
"""A name and a domain without what stood between."""
_WEB_WITHIN = 6
"""Words before a domain in which something says that it is a web page. A judgement."""
_THEN_ABOUT_MAIL_MS = 5_000
"""ms from a domain to an answer that says that it is one of e-mail. A judgement."""
_CONSONANTS = re.compile(r"[^bcdfghjklmnpqrstvwxz]")
_LEAST_CONSONANTS = 3
"""Consonants by which a provider is known in a word that was misheard. A judgement."""
DOMAIN_WORDS = 4
"""Words of a domain before its last dot: "bright water dot co dot u k". A judgement."""
_SPELLED_PARTS = 4
"""Parts of a word with hyphens and a "dot" that is an address: `n-n-a-dot-h-at-icloud-dot-com`. A judgement."""
_ASIDE_WORDS, _LEAST_ASIDE = 4, 2
"""Words of "all one word" at most and at least. By how it is said."""
_LEAST_PROVIDER = 4
"""Letters of who keeps people's mail, by which an address is known without a dot: `smithatgmail`. A judgement."""
_LONGEST_DOMAIN = 40
"""Letters at the end of a word in which "at" and a domain are looked for. Names of domains are shorter."""
_ABOUT_MAIL_MS = 20_000
"""ms after "e-mail" in which a domain without "at" is that of an address. A judgement."""


def is_domain(text: str) -> bool:
    """Whether a word is written as the domain of an address, or of a web page."""
    return _DOMAIN.fullmatch(text) is not None


@dataclass(frozen=True)
class MailLine:
    """The words of a line, marks aside, as parts of e-mail addresses."""

    line: Line
    asked_ms: Sequence[int] = ()
    """When e-mail is spoken of by whichever side, in order."""

    @cached_property
    def words(self) -> list[int]:
        return [index for index, word in enumerate(self.line.words) if word.kind is WordKind.WORD]

    @cached_property
    def texts(self) -> list[str]:
        return [self.line.plain_words[index] for index in self.words]

    @property
    def written(self) -> Iterator[list[int]]:
        """The words that are written as an address, each by itself."""
        return ([index] for index in self.words if self._is_written(index))

    def _is_written(self, index: int) -> bool:
        signs, text = email_words(self.line.language), self.line.plain_words[index]
        parts = text.split("-")
        spelled = len(parts) >= _SPELLED_PARTS and not signs.dot.isdisjoint(parts)
        if not text.startswith(WEB) and self._melts(index):
            return True
        return spelled or _WRITTEN.fullmatch(self.line.words[index].text) is not None or _holds_name(text, signs)

    def _melts(self, index: int) -> bool:
        """Whether a word where e-mail is spoken of is a name, "at" and a domain that nobody knows in one:
        `rosa.bluehouseatriverside.edu`."""
        if not self._is_asked_about(index):
            return False
        signs, text = email_words(self.line.language), self.line.plain_words[index]
        dotted = has_dotted_name(text, signs) and signs.web.isdisjoint(self.line.before(index, _WEB_WITHIN))
        return dotted or _MELTED.fullmatch(self.line.words[index].text) is not None or self._is_told_alone(index)

    def _is_told_alone(self, index: int) -> bool:
        """Whether a long word with an ending is all that is told behind "it's", and no web page: `rosagardenlive.com`
        for "rosa garden at live dot com"."""
        line, signs = self.line, email_words(self.line.language)
        if _LONG_DOMAIN.fullmatch(line.words[index].text) is None:
            return False
        before = line.before(index, _WEB_WITHIN)
        led = bool(before) and before[0] in signs.lead
        return led and signs.web.isdisjoint(before)

    def end_of_domain(self, place: int) -> int | None:
        """The place behind a domain that begins at a place; None where none does."""
        if self._is_domain(place):
            return place + 1
        if self._is_parted(place):
            place += 1
        dots = (one for one in range(place + 1, min(len(self.texts) - 1, place + DOMAIN_WORDS)) if self.is_dot(one))
        dot = next(dots, None)
        if dot is None or (dot > place + 1 and self._ends_bare(place)):
            return self._end_of_bare_domain(place)
        end = dot + 2
        while end + 1 < len(self.texts) and self.is_dot(end):
            end += 2
        while end < len(self.texts) and len(self.texts[end - 1]) == 1 and len(self.texts[end]) == 1:
            end += 1
        return end

    def is_dot(self, place: int) -> bool:
        """Whether a word says the dot, or was heard for it right before the end of a domain: "gmail dog com"."""
        signs, behind = email_words(self.line.language), self.texts[place + 1 : place + 2]
        if self.texts[place] in signs.dot:
            return True
        return self.texts[place] in signs.heard_dot and signs.sure_endings.issuperset(behind) and bool(behind)

    def _is_parted(self, place: int) -> bool:
        """Whether who keeps the mail begins at a place and was heard as two words: "hot mail", "G mail"."""
        joined = "".join(self.texts[place : place + 2])
        return joined != self.texts[place] and joined in email_words(self.line.language).providers

    def _ends_bare(self, place: int) -> bool:
        """Whether who keeps the mail is followed by what stands behind a dot, without one: "gmail com"."""
        name, following = self.texts[place], self.texts[place + 1 : place + 2]
        signs = email_words(self.line.language)
        return name in signs.providers and not signs.endings.isdisjoint(following)

    def _end_of_bare_domain(self, place: int) -> int | None:
        """The place behind a domain that has no dot: "at gmail", "gmail com"."""
        if self._ends_bare(place):
            return place + 2
        if place > 0 and self._is_named_arroba(place - 1):
            return place + 1
        first = place - 1 if place > 0 and self._is_parted(place - 1) else place
        if first < place and not self._shows_parted(first):
            return None
        return place + 1 if first > 0 and self.is_at(first - 1) and self.names_provider(first) else None

    def _shows_parted(self, place: int) -> bool:
        """Whether who keeps the mail in two words is meant as that: "G mail", where its clause ends or e-mail is spoken
        of; not "at hot mail time"."""
        last = self.words[place + 1]
        ends = last + 1 >= len(self.line.words) or not self.line.plain_words[last + 1]
        return len(self.texts[place]) == 1 or ends or self.is_about_mail(place)

    def has_dot(self, place: int) -> bool:
        """Whether the domain that begins at a place is whole, rather than only who keeps the mail."""
        return self._is_domain(place) or self.end_of_domain(place) != place + 1

    def _is_domain(self, place: int) -> bool:
        whole = _DOMAIN.fullmatch(self.line.words[self.words[place]].text) is not None
        behind = place > 0 and self.is_sure_at(place - 1) and "." in self.texts[place].strip(".")
        return whole or behind or _begins_with_at(self.texts[place], email_words(self.line.language))

    @cached_property
    def _digits(self) -> frozenset[int]:
        """The words that carry digits."""
        return frozenset(index for run in self.line.runs for index in range(run.words[0], run.words[1] + 1))

    def is_sure_at(self, place: int) -> bool:
        """Whether a word says `@` and nothing else: what follows is a domain however it was heard."""
        return self.texts[place].endswith(tuple(email_words(self.line.language).sure_at))

    def _is_named_arroba(self, place: int) -> bool:
        """Whether a word says `@` and nothing else by how it is said: a whole one, or behind "todo junto"; what follows
        is who keeps the mail, however it was heard: "todo junto a Roba Oranque"."""
        if not self.is_sure_at(place):
            return False
        signs, text = email_words(self.line.language), self.texts[place]
        if text in signs.sure_at and len(text) > _LEAST_PROVIDER and text.startswith("a"):
            return True
        return self.aside_before(place, 0) < place

    def is_at(self, place: int) -> bool:
        """Whether a word says `@`, or was heard for it right before who keeps people's mail: "miller and gmail.com"."""
        signs = email_words(self.line.language)
        if self.texts[place] in signs.at or self.is_sure_at(place):
            return True
        behind = self.texts[place + 1 : place + 2]
        if self.texts[place] not in signs.heard_at or not behind:
            return False
        return _keeps_mail(behind[0], signs) or self._is_parted(place + 1)

    def names_provider(self, place: int) -> bool:
        """Whether a word is, or begins with, who keeps people's mail: "gmail", `gmail.com`; or a domain with the sound
        of one in it, `a Robagmael.com` for "arroba gmail punto com", or with digits, `Bluebird55.net`."""
        if self._is_parted(place):
            return True
        name, _, rest = self.texts[place].partition(".")
        providers = email_words(self.line.language).providers
        if _keeps_mail(self.texts[place], email_words(self.line.language)) or self._joins_with_at(place):
            return True
        heard = _CONSONANTS.sub("", name)
        sounds = (_CONSONANTS.sub("", one) for one in providers)
        alike = any(len(sound) >= _LEAST_CONSONANTS and heard.endswith(sound) for sound in sounds)
        if holds_at(self.texts[place], email_words(self.line.language)):
            return True
        return bool(rest) and self._is_domain(place) and (alike or any(sign.isdecimal() for sign in name))

    def _joins_with_at(self, place: int) -> bool:
        """Whether a word was put together of two with what was heard for "at" between: `PlumbingItYahu.com`."""
        return _JOINED.fullmatch(self.line.words[self.words[place]].text) is not None

    def is_about_mail(self, place: int) -> bool:
        """Whether e-mail was spoken of shortly before a word, or its sentence asks whether "it is still" one."""
        opening = bisect_left(self.line.sentences, self.line.sentences[self.words[place]])
        if self.line.plain_words[opening] in question_openings(self.line.language):
            return True
        return self._is_asked_about(self.words[place])

    def _is_asked_about(self, index: int) -> bool:
        """Whether e-mail is spoken of shortly before a word, or right after one that is of no web page: "yes, that's my
        email"."""
        at_ms = self.line.words[index].start_ms
        place = bisect_right(self.asked_ms, at_ms)
        if place > 0 and at_ms - self.asked_ms[place - 1] <= _ABOUT_MAIL_MS:
            return True
        then = place < len(self.asked_ms) and self.asked_ms[place] - at_ms <= _THEN_ABOUT_MAIL_MS
        return then and email_words(self.line.language).web.isdisjoint(self.line.before(index, _WEB_WITHIN))

    def aside_before(self, last: int, since: int) -> int:
        """The place where "all one word" begins that ends before `last`, what was heard for the beginning of "arroba"
        between: "todo junto a Roba"; `last` where nothing of the kind does."""
        signs = email_words(self.line.language)
        end = last - 1 if last > since and self.texts[last - 1] in signs.leads else last
        begin = end
        while begin > max(since, end - _ASIDE_WORDS) and self.texts[begin - 1] in signs.asides:
            begin -= 1
        return begin if end - begin >= _LEAST_ASIDE else last

    def is_sign(self, place: int) -> bool:
        """Whether a word can only be a part of something spelled: a letter, a digit, "dot", "underscore"."""
        text, signs = self.texts[place], email_words(self.line.language)
        if self.words[place] in self._digits:
            return True
        letters = len(text) == 1 or self.is_dot(place) or text in signs.signs
        word = self.line.words[self.words[place]].text
        return (
            letters or word.isdecimal() or (len(word) > 1 and word.isupper()) or bool(re.fullmatch(r"\w(?:-\w)+", word))
        )


def _keeps_mail(text: str, signs: EmailWords) -> bool:
    """Whether a word is, or begins with, who keeps people's mail; by a name that is another word as well only with what
    stands behind the dot: `charter.net`."""
    name, _, rest = text.partition(".")
    return not signs.providers.isdisjoint((name, text)) or (
        name in signs.hosts and rest.partition(".")[0] in signs.endings
    )


@cache
def _melted_at(signs: EmailWords) -> re.Pattern[str]:
    """The end of a word in which "at" and who keeps the mail were written as one: `smithatgmail.com`; a word for "at"
    that is in no other, as "arroba", before any domain."""
    ats, keepers, long, sure = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        for words in (
            signs.at,
            signs.providers | signs.hosts,
            [one for one in signs.providers if len(one) >= _LEAST_PROVIDER],
            signs.sure_at,
        )
    )
    ending = r"(?:\.[a-z]{2,4})+"
    forms = [rf"\w(?:{ats})(?:(?:{keepers}){ending}|(?:{long}))", *([rf"(?:{sure})\w+{ending}"] if sure else [])]
    return re.compile(rf"(?:{'|'.join(forms)})$")


def holds_at(text: str, signs: EmailWords) -> bool:
    """Whether a word ends in "at" and a domain that were written as one."""
    return _melted_at(signs).search(text[-_LONGEST_DOMAIN:]) is not None or _begins_with_at(text, signs)


def _begins_with_at(text: str, signs: EmailWords) -> bool:
    """Whether a word begins with a word for "at" that is in no other and has a dot behind, however the rest was heard:
    `robalive.com.mejuiz`."""
    return "." in text.strip(".") and text.startswith(tuple(signs.sure_at))


def _holds_name(text: str, signs: EmailWords) -> bool:
    """Whether a word is an address of which only the "at" was lost: `rosa.garden.gmail`, `smithatgmail.com`."""
    if holds_at(text, signs) or ends_in_provider(text, signs):
        return True
    parts = text.split(".")
    named = [place for place, part in enumerate(parts) if place and part in signs.providers | signs.hosts]
    if not named or parts[0] == WEB:
        return False
    behind = parts[named[-1] + 1 :]
    return bool(parts[0]) and (signs.endings.issuperset(behind) if behind else parts[-1] in signs.providers)
