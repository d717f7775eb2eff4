"""The details of people in a call: what answers a question for one, and where a name is said again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise, takewhile

from voxport.core.detectors import PERSONAL_KINDS
from voxport.core.transcript import WordKind
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.candidates import read_candidates
from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.misheard import with_misheard
from voxport.redaction.detectors.national.signs import letter_at
from voxport.redaction.detectors.personal.addresses import AddressLine, address_in
from voxport.redaction.detectors.personal.answers import Answer, AnswerOptions, answers_to
from voxport.redaction.detectors.personal.birth_dates import date_words, dates_before, dates_unasked, together_in
from voxport.redaction.detectors.personal.called import called_by_name
from voxport.redaction.detectors.personal.confirmed import confirmed_names
from voxport.redaction.detectors.personal.given import names_known
from voxport.redaction.detectors.personal.keyed_details import is_answered_with_keys, keyed_details, without_menus
from voxport.redaction.detectors.personal.mail_lines import is_domain
from voxport.redaction.detectors.personal.names import (
    NameOptions,
    begins_with_name,
    by_part,
    explained,
    joins_names,
    name_in,
    spelled_out,
    titled,
)
from voxport.redaction.detectors.personal.naming_only import asks_nothing, fits, is_told_by_others
from voxport.redaction.detectors.personal.phone_digits import WRITTEN, PhoneOptions, is_all_digits, pieces_of
from voxport.redaction.detectors.personal.phones import find_phones
from voxport.redaction.detectors.personal.repeats import dates_again, said_again, tokens_of
from voxport.redaction.detectors.personal.spelling import spelled_in
from voxport.redaction.detectors.personal.streets import streets_corrected, streets_on
from voxport.redaction.detectors.personal.telling import is_everyday, tells, told_in
from voxport.redaction.detectors.personal.unasked import lost_names, lost_questions
from voxport.redaction.detectors.repetition import RepetitionOptions, repetitions
from voxport.redaction.dialogue.letters import letter_names
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import (
    email_words,
    end_of_turn,
    find_questions,
    introductory,
    is_of_an_account,
    is_offered,
    is_question,
    naming_words,
    question_words,
)
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_IN_FIGURES = ("phone", "dateOfBirth", "account")
"""Kinds of which only the digits are covered, where some were recognised."""
_NUMBERS = frozenset({"phone", "account"})
"""Kinds that digits may be which answer a question that nobody understood."""
_LETTERS, _LETTERS_WITHIN = 4, 6
"""Letters of one word in the number of an account, and words and marks in which they stand beside its digits."""
_WORDS_OF_A_LETTER = ("A", "I", "Y", "O", "E")
"""Letters that begin a sentence as words."""
_LETTER_MS = 1_000
"""ms between digits and a letter behind them that is theirs. A judgement: the pause between groups of digits."""
_WITH_LETTERS = re.compile(r"(?=(?:\D*\d){4})(?:[A-Za-z]-?){1,4}\d[\dA-Z]*(?:-[\dA-Z]+)*")
"""The number of an account with the letters before it in one word: `CG-538-377`, `N858-410`, `E-N-L-256-680`."""
_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year in figures."""
_OWN_ADDRESS_WITHIN = 12
"""Words and marks behind "e-mail" in which its own speaker says the address. A judgement."""
_TALK_WORDS = 8
"""Words of an answer without digits that is talk where most of them are everyday words. A judgement."""
_OWN_DIGITS_WITHIN, _OWN_DIGITS = 6, 3
"""Words and marks behind a question in which its own speaker says so many digits, so that it asks for none."""

_OF = ("of", "de", "del")
"""What stands between "name" and whose it is,"""
_UNDER_WORDS = 2
"""Words behind "it's under" that may be a name that was heard as others. A judgement."""
_THING_WITHIN = 4
"""within so many words."""


@dataclass(frozen=True, slots=True)
class PersonalOptions:
    """Which words of a call are details of a person."""

    answers: AnswerOptions = field(default_factory=AnswerOptions)
    """How far an answer goes."""
    phones: PhoneOptions = field(default_factory=PhoneOptions)
    """Which digits are a telephone number."""
    names: NameOptions = field(default_factory=NameOptions)
    """Which words are a name."""
    least_digits: int = 3
    """Digits of an account or telephone number in an answer; fewer are counts. A judgement."""


def find_details(
    dialogue: Dialogue,
    kinds: Collection[str],
    options: PersonalOptions,
    reading: CandidateOptions,
    repetition: RepetitionOptions,
) -> list[Match]:
    """The details of these kinds (empty: of all), in order of time, each where it was said and said again."""
    wanted = kinds or PERSONAL_KINDS
    mentions = find_questions(dialogue, wanted)
    named = (one for one in mentions if one.kind == "email")
    mail_ms = sorted(dialogue.lines[one.channel].words[one.first].start_ms for one in named)
    lines = {channel: AddressLine(line, mail_ms) for channel, line in dialogue.lines.items()}
    found = list(_written_out(lines, wanted, options.names))
    if "name" in wanted:
        found += _names_alone(dialogue)
    if "address" in wanted:
        corrected = streets_corrected(dialogue)
        found += (match_of_words(line, words, "", tokens_of(line, words, "address")) for line, words in corrected)
    if "phone" in wanted:
        phones = [mention for mention in mentions if mention.kind == "phone"]
        found += find_phones(dialogue, phones, reading.subjects, options.phones)
    if not _NUMBERS.isdisjoint(wanted):
        mentions = [*mentions, *lost_questions(dialogue, mentions, reading.subjects, options.phones)]
    dates: list[Match] = list(dates_before(dialogue, mentions))
    if "dateOfBirth" in wanted:
        dates += dates_unasked(dialogue)
    found += dates
    for mention in mentions:
        told = _answering(dialogue, mention, lines, options)
        found += told
        dates += [date for date in told if date.digits] if mention.kind == "dateOfBirth" else []
    found += dates_again(dialogue, dates)
    found += keyed_details(dialogue, wanted, options.least_digits, reading.subjects)
    figures = with_misheard(dialogue, (match for match in found if match.digits))
    found = [*(match for match in found if not match.digits), *figures]
    digits = [match for match in figures if len(match.digits) >= repetition.least_digits]
    found += repetitions(dialogue, read_candidates(dialogue, reading), digits, repetition)
    found += said_again(dialogue, [match for match in found if match.tokens])
    return sorted(_apart(dialogue, found), key=lambda match: match.span.start_ms)


def _names_alone(dialogue: Dialogue) -> Iterator[Match]:
    """The names that answer a question which nobody understood, those by which somebody is called, and those to which
    he answers that it is he."""
    for line, words in chain(lost_names(dialogue), called_by_name(dialogue), confirmed_names(dialogue)):
        yield match_of_words(line, words, "", tokens_of(line, words, "name"))


def _answering(
    dialogue: Dialogue, mention: Mention, lines: dict[int, AddressLine], options: PersonalOptions
) -> list[Match]:
    """The details that answer a phrase which asks for one, or follow one that tells it."""
    if asks_nothing(dialogue, mention) or _answers_itself(dialogue, mention, lines) or _names_thing(dialogue, mention):
        return []
    asked = mention.asks and is_question(dialogue.lines[mention.channel], mention)
    unoffered = asked and not is_offered(dialogue.lines[mention.channel], mention)
    told = is_told_by_others(dialogue, mention)
    return [
        match
        for answer in without_menus(mention, answers_to(dialogue, mention, options.answers))
        for match in _details(answer, mention, lines, options)
        if not is_answered_with_keys(dialogue, mention, answer, match.digits, options.least_digits)
        if (asked and answer.line.channel != mention.channel) or unoffered or _shows(answer, mention, match)
        if not told or answer.line.channel != mention.channel or fits(match.digits, mention)
    ]


def _tells_name(answer: Answer, mention: Mention) -> bool:
    """Whether a name follows "my name is", or right behind "this is"."""
    line = answer.line
    phrase = " ".join(line.plain_words[mention.first : mention.last + 1])
    says = phrase.split(" ")[-1] in common_words().forms_of_be and phrase not in introductory(line.language)
    return says or begins_with_name(line, answer.words) or _is_kept_under(answer)


def _is_kept_under(answer: Answer) -> bool:
    """Whether one or two words that not everybody says end what something stands under, "it's under saddle", and are
    none of what things are under: "it's under warranty"."""
    line, words = answer.line, answer.words
    things = naming_words(line.language, "under_things")
    said = list(takewhile(lambda at: at - words[0] < _UNDER_WORDS and at in words, range(words[0], words[-1] + 1)))
    ends = said[-1] + 1 >= len(line.words) or not line.plain_words[said[-1] + 1]
    told = all(not is_everyday(line, at) and line.words[at].text.isalpha() for at in said)
    led = line.plain_words[words[0] - 1] in naming_words(line.language, "kept_under")
    return led and ends and told and things.isdisjoint(line.plain_words[at] for at in said)


def _introduced(answer: Answer, mention: Mention) -> Sequence[int]:
    """The words of an answer; behind "this is" those before "with" or "calling", which are no part of a name."""
    line = answer.line
    if not mention.asks and line.plain_words[answer.words[0]] in naming_words(line.language, "departments"):
        # "You're speaking to billing."
        return ()
    if mention.asks or " ".join(line.plain_words[mention.first : mention.last + 1]) not in introductory(line.language):
        return answer.words
    if line.plain_words[answer.words[0] - 1] in naming_words(line.language, "at_places"):
        # "I'm in Spain."
        return ()
    return list(
        takewhile(
            lambda at: joins_names(line, at) or line.plain_words[at] not in naming_words(line.language, "presented"),
            answer.words,
        )
    )


def _names_thing(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether the name of a thing is asked for: "the name of the plan"."""
    line = dialogue.lines[mention.channel]
    behind = [*line.after(mention.last, _THING_WITHIN)]
    things = naming_words(line.language, "things")
    of = line.plain_words[mention.last] in _OF or behind[:1] in ([one] for one in _OF)
    return mention.kind == "name" and of and not things.isdisjoint(behind)


def _answers_itself(dialogue: Dialogue, mention: Mention, lines: dict[int, AddressLine]) -> bool:
    """Whether who asks goes on with what he asks for: "you mean the cell? 617 ...", "her email's better, ..."."""
    line = dialogue.lines[mention.channel]
    if not mention.asks or mention.kind not in ("phone", "email", "dateOfBirth"):
        return False
    if mention.kind == "email":
        found = lines[mention.channel].spoken
        place = bisect_right(found, mention.last, key=lambda words: words[0])
        end = end_of_turn(line, mention.last, min(len(line.words), mention.last + 1 + _OWN_ADDRESS_WITHIN))
        within = found[place][0] < end if place < len(found) else False
        return within and line.sentences[found[place][0]] == line.sentences[mention.last]
    end = end_of_turn(line, mention.last, min(len(line.words), mention.last + 1 + _OWN_DIGITS_WITHIN))
    own = line.runs_in(mention.last + 1, end - 1)
    if mention.kind == "dateOfBirth":
        # "My birthday's March 4th." in the same breath; in mono the next sentence is the answer.
        own = [run for run in own if line.sentences[run.words[0]] == line.sentences[mention.last]]
    return any(len(run.value) >= _OWN_DIGITS for run in own)


def _details(
    answer: Answer, mention: Mention, lines: dict[int, AddressLine], options: PersonalOptions
) -> Iterator[Match]:
    line, kind, asker = answer.line, mention.kind, lines[mention.channel].line
    if kind in _IN_FIGURES:
        match = _in_figures(answer, mention, options)
        sure = is_of_an_account(asker, mention)
        if match is not None and kind == "account" and _is_year_of_thing(answer, match):
            return
        if match is not None and (sure or len(match.digits) >= options.phones.least_answer):
            yield match
        if match is not None or not (mention.asks and sure) or _is_talk(answer) or _is_amount(answer, options):
            return
    words: Sequence[int]
    if (kind == "email" and _is_price(answer)) or _tells_of_thing(answer, asker, mention):
        return
    if kind == "email":
        words = address_in(lines[line.channel], answer.words)
    elif kind == "name":
        words = name_in(line, _introduced(answer, mention), options.names, mention.asks)
    else:
        words = told_in(line, answer.words)
    if words:
        yield match_of_words(line, words, "", tokens_of(line, words, kind))


def _tells_of_thing(answer: Answer, asker: Line, mention: Mention) -> bool:
    """Whether an article begins what answers words that were only heard for a question for a name: "put that under."
    "The table, please"."""
    first, asked = answer.words[0], asker.plain_words[mention.first : mention.last + 1]
    heard = not naming_words(asker.language, "heard_names").isdisjoint(asked)
    heard = heard and mention.asks and question_words(asker.language).isdisjoint(asked)
    return heard and first > 0 and answer.line.plain_words[first - 1] in naming_words(asker.language, "articles")


def _is_year_of_thing(answer: Answer, match: Match) -> bool:
    """Whether digits are the year of a thing, and no number: "the movie, 1984"."""
    before = answer.line.before(match.words[0])
    return bool(_YEAR.fullmatch(match.digits)) and not naming_words(answer.line.language, "things").isdisjoint(before)


def _is_amount(answer: Answer, options: PersonalOptions) -> bool:
    """Whether all digits of an answer are amounts, dates or times: "it is 4500 dollars"."""
    line = answer.line
    runs = line.runs_in(answer.words[0], answer.words[-1])
    dressed = all(group.shape is not Shape.MIXED for run in runs for group in run.groups)
    return dressed and bool(runs) and not any(pieces_of(run, line, options.phones, announced=True) for run in runs)


def _is_price(answer: Answer) -> bool:
    """Whether money is spoken of where an e-mail address was, and nothing of one: "it's $88.50 for 12 issues", not
    "anna brook $19.75 gmail", of which the digits were heard so."""
    line, signs = answer.line, email_words(answer.line.language)
    runs = line.runs_in(answer.words[0], answer.words[-1])
    priced = [run for run in runs if any(group.shape is Shape.MONEY for group in run.groups)]
    texts = [line.plain_words[index] for index in answer.words]
    written = any(is_domain(line.words[index].text) or "@" in line.words[index].text for index in answer.words)
    sums = {run.words[0] for run in priced}
    named = any(other in sums and tells(line, one) for one, other in pairwise(answer.words))
    kept = not (signs.at | signs.dot | signs.marks | signs.providers).isdisjoint(texts)
    return bool(priced) and not (written or named or kept)


def _is_talk(answer: Answer) -> bool:
    """Whether an answer without digits is about something else: most of its words are those that everybody says."""
    everyday = sum(is_everyday(answer.line, index) for index in answer.words)
    return len(answer.words) >= _TALK_WORDS and 2 * everyday > len(answer.words)


def _in_figures(answer: Answer, mention: Mention, options: PersonalOptions) -> Match | None:
    """The digits of an answer; of a telephone number that lacks some, with all that may be others between them, of an
    account with its letters."""
    line, kind = answer.line, mention.kind
    runs: Sequence[NumberRun] = line.runs_in(answer.words[0], answer.words[-1])
    if kind != "dateOfBirth":
        pieces = (
            [run]
            if mention.asks and kind == "account" and is_all_digits(line, run, options.phones)
            else pieces_of(run, line, options.phones, announced=True)
            for run in runs
        )
        runs = _without_lone_digits(line, list(chain.from_iterable(pieces)), options)
    else:
        runs = [run for run in runs if run.words[0] == answer.words[0] or not _is_money(run)]
    figures = sorted({index for run in runs for index in range(run.words[0], run.words[1] + 1)})
    digits = "".join(run.value for run in runs)
    written = [index for index in answer.words if _WITH_LETTERS.fullmatch(line.words[index].text)]
    if kind == "account" and written:
        told = digits or re.sub(r"\D", "", "".join(line.words[index].text for index in written))
        return match_of_words(line, _with_letters(answer, sorted({*figures, *written})), told)
    if len(digits) < (1 if kind == "dateOfBirth" else options.least_digits):
        return None
    if kind == "dateOfBirth":
        together = together_in(line, figures)
        digits = "".join(run.value for run in runs if run.words[0] <= together[-1])
        figures = date_words(answer, together)
    elif kind == "account":
        figures = _with_letters(answer, figures)
    elif mention.asks and len(digits) < min(options.phones.lengths):
        figures = sorted({*figures, *told_in(line, answer.words)})
    return match_of_words(line, figures, digits)


def _is_money(run: NumberRun) -> bool:
    """Whether digits are dressed as money, which a date is only where an answer begins with it: "$19.75"."""
    return all(group.shape is Shape.MONEY for group in run.groups)


def _without_lone_digits(line: Line, runs: list[NumberRun], options: PersonalOptions) -> list[NumberRun]:
    """The digits without one alone behind a whole telephone number: "617 555 0142, but not after nine"."""
    kept: list[NumberRun] = []
    given = 0
    for run in runs:
        whole = given >= options.phones.whole
        if not whole or len(run.value) > 1 or not line.spoken_between(kept[-1].words[1], run.words[0]):
            kept.append(run)
            given += len(run.value)
    return kept


def _with_letters(answer: Answer, figures: Sequence[int]) -> list[int]:
    """The digits with the letters in front of them, between and behind: "A B 4471", "MX, then 4471"."""
    line = answer.line
    near = range(figures[0] - _LETTERS_WITHIN, figures[-1] + _LETTERS_WITHIN + 1)
    letters = [index for index in answer.words if index in near and _is_letter(line, index)]
    examples = {sign.word for index in letters for sign in letter_at(line, index)[0]}
    spelled = {*spelled_in(line, answer.words).words, *_letters_before(line, figures[0])}
    return sorted({*figures, *letters, *examples, *spelled, *_letter_behind(line, figures[-1])})


def _letters_before(line: Line, first: int) -> Iterator[int]:
    """The names of letters right before digits: "ce ele 4471"."""
    for index in range(first - 1, max(-1, first - 1 - _LETTERS), -1):
        if line.plain_words[index] not in letter_names(line.language).letters:
            return
        yield index


def _letter_behind(line: Line, last: int) -> Iterator[int]:
    """The letter that ends a number, though a mark stands before it: "038-7223. X"."""
    for behind in range(last + 1, min(len(line.words), last + 3)):
        word = line.words[behind]
        near = word.start_ms - line.words[last].end_ms <= _LETTER_MS
        if near and len(word.text) == 1 and _is_letter(line, behind) and word.text not in _WORDS_OF_A_LETTER:
            yield behind


def _is_letter(line: Line, index: int) -> bool:
    """Whether a word is a letter, or letters in capitals."""
    text = line.words[index].text
    return text != "I" and text.isalpha() and text.isupper() and len(text) <= _LETTERS


def _shows(answer: Answer, mention: Mention, found: Match) -> bool:
    """Whether what follows a detail that was only named shows by itself that it is one."""
    line = answer.line
    texts = [line.plain_words[index] for index in answer.words]
    signs = email_words(line.language)
    match mention.kind:
        case "email":
            said = not signs.at.isdisjoint(texts) and not signs.dot.isdisjoint(texts)
            spelled = not mention.asks and any(len(text) == 1 or text[-1:].isdecimal() for text in texts)
            # Who only named an e-mail may be answered with a web page: "I saw it on amazon.com".
            begins = not mention.asks or tells(line, answer.words[0])
            written = begins and any(is_domain(line.words[index].text) for index in answer.words)
            return said or spelled or written or any("@" in line.words[index].text for index in answer.words)
        case "address":
            streets = word_lists_of(line.language).streets
            told = not mention.asks
            return told or not streets.isdisjoint(texts) or bool(line.runs_in(answer.words[0], answer.words[-1]))
        case "name":
            return mention.asks or _tells_name(answer, mention)
        case _:
            return bool(found.digits)


def _written_out(lines: dict[int, AddressLine], kinds: Collection[str], options: NameOptions) -> Iterator[Match]:
    """Details that show what they are by themselves, whatever was asked for."""
    for read in lines.values():
        line = read.line
        if line.is_keyed:
            continue
        for index, word in enumerate(line.words):
            if "phone" in kinds and any(form.fullmatch(word.text) for form in WRITTEN):
                yield match_of_words(line, [index], re.sub(r"\D", "", word.text))
        mailed = {index for words in chain(read.written, read.spoken) for index in words}
        known = (words for words in names_known(line) if mailed.isdisjoint(words))
        shown: dict[str, Iterable[Sequence[int]]] = {
            "name": chain(titled(line), explained(line), by_part(line), spelled_out(line, options), known),
            "email": chain(read.written, read.spoken),
            "address": streets_on(line),
        }
        for kind, found in shown.items():
            if kind in kinds:
                yield from (match_of_words(line, words, "", tokens_of(line, words, kind)) for words in found)


def _apart(dialogue: Dialogue, matches: Sequence[Match]) -> Iterator[Match]:
    """The matches without those whose words others have already; a longer one comes first. Marks have no sound."""
    taken: set[tuple[int, int]] = set()
    for match in sorted(matches, key=lambda one: len(one.words), reverse=True):
        line = dialogue.lines[match.channel]
        spoken = (index for index in match.words if line.words[index].kind is WordKind.WORD)
        left = [index for index in spoken if (match.channel, index) not in taken]
        if left:
            taken.update((match.channel, index) for index in left)
            yield match_of_words(line, left, match.digits, match.tokens)
