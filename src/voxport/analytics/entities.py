"""Entities: people, organisations, places, money, numbers, phone numbers, dates and times of day, with spans.

What is made of numbers is read by the reader of spoken numbers, English and Spanish; phone numbers in written form are
checked with the numbering plans of libphonenumber; names (`names.py`) are English only. Durations and "today" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import phonenumbers

from voxport.analytics.call_text import CallText, TurnText
from voxport.analytics.casing import known_names
from voxport.analytics.dates import read_dates, read_times
from voxport.analytics.known_names import find_known
from voxport.analytics.names import find_names, plain
from voxport.core.findings import Entity, EntityType
from voxport.core.language_code import LanguageCode
from voxport.core.transcript import WordKind
from voxport.language.numbers import Kind, Quantity, read_quantities
from voxport.language.numbers.terms import terms_of

_REGIONS = {"UK": "GB", "AU": "AU", "MX": "MX", "ES": "ES"}
"""Numbering plan by the region of a language; all others read numbers of the United States."""
_WRITTEN_MONEY = re.compile(r"([-−]?)([$£€])(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.(\d{1,2}))?")
_WRITTEN_CENTS = re.compile(r"(\d{1,2})¢")
_BARE_PRICE = re.compile(r"(\d{1,5}(?=\.)|\d{2}(?=\d\d$)|\d{1,3}$)\.?(\d\d)?")
"""`318.45`; of four digits the last two are cents; `412`."""
_CENTS_SAID = re.compile(r"\d{1,5}\.\d\d")
_LARGE = re.compile(r"\d{1,3}(?:,\d{3}){1,5}")
_AFTER_AMOUNT = frozenset({"a", "an", "and", "for", "in", "last", "more", "on", "or", "per", "this", "to", "total"})
"""What may stand behind an amount without a sign; other words may be what it counts."""
_GROUPED_PHONE = re.compile(r"(\d{3})[-.](\d{3})[-.](\d{4})")
_MAGNITUDES = {"thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_WRITTEN_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_UNITS = {"pound": "£", "pounds": "£", "quid": "£", "euro": "€", "euros": "€", "peso": "$", "pesos": "$"}
_NUMBERS = (Kind.CARDINAL, Kind.DECIMAL, Kind.DIGITS, Kind.PERCENT, Kind.ORDINAL)
"""Quantities that are entities of the type number."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a turn that are an entity."""

    first: int
    """Index of its first word in the turn."""
    last: int
    """Index of its last word in the turn."""
    type: EntityType
    formatted: str | None = None
    """As one would write it; None for names."""
    money: tuple[int, int] | None = None
    """Whole units and hundredths of an amount; None for all else."""


def find_entities(call: CallText) -> tuple[Entity, ...]:
    """All entities in order of time. Where two claim a word, phones come before money, dates, times, names, numbers."""
    names = find_names(call)
    found: list[Entity] = []
    for turn in call.turns:
        own = [Stretch(name.first, name.last, name.type) for name in names if name.turn == turn.index]
        found.extend(_entity(turn, stretch) for stretch in _chosen(call, turn, own))
    return tuple(sorted(found, key=lambda entity: (entity.span.start_ms, entity.span.end_ms)))


def _entity(turn: TurnText, stretch: Stretch) -> Entity:
    whole, centi = stretch.money or (None, None)
    return Entity(
        type=stretch.type,
        text=turn.exact(stretch.first, stretch.last),
        span=turn.span(stretch.first, stretch.last),
        speaker=turn.speaker,
        formatted=stretch.formatted,
        whole=whole,
        centi=centi,
    )


def _chosen(call: CallText, turn: TurnText, names: list[Stretch]) -> list[Stretch]:
    language = call.transcript.language
    quantities = _quantities(turn, language)
    known = find_known(turn) if call.language == "en" else []
    people = {(one.first, one.last) for one in known if one.type is EntityType.PERSON}
    claims = [
        *(name for name in names if (name.first, name.last) in people),
        *_phones(turn, quantities, language),
        *_money(turn, quantities, language),
        *(Stretch(d.first, d.last, EntityType.DATE, d.formatted) for d in read_dates(turn, quantities, language)),
        *(Stretch(t.first, t.last, EntityType.TIME, t.formatted) for t in read_times(turn, quantities, language)),
        *names,
        *_numbers(turn, quantities),
    ]
    # The number of a house is a part of the address, and of no entity.
    taken = {one.house for one in known if one.house is not None}
    chosen: list[Stretch] = []
    for claim in claims:
        words = set(range(claim.first, claim.last + 1))
        if not words & taken and not any(turn.hidden(index) for index in words):
            taken |= words
            chosen.append(claim)
    return chosen


def _quantities(turn: TurnText, language: str) -> list[Quantity]:
    """The quantities of the turn; none reaches over what is hidden."""
    found: list[Quantity] = []
    begin = 0
    for index in range(len(turn.words) + 1):
        if index == len(turn.words) or turn.hidden(index):
            for quantity in read_quantities(turn.words[begin:index], language):
                first, last = quantity.words
                found.append(replace(quantity, words=(first + begin, last + begin)))
            begin = index + 1
    return found


def _phones(turn: TurnText, quantities: list[Quantity], language: str) -> Iterator[Stretch]:
    region = _REGIONS.get(LanguageCode.parse(language).region, "US")
    for quantity in quantities:
        if quantity.kind is Kind.PHONE:
            yield Stretch(*quantity.words, EntityType.PHONE, _written_phone(quantity.value, region))
    for match in phonenumbers.PhoneNumberMatcher(turn.text, region, leniency=phonenumbers.Leniency.VALID):
        first, last = _words_between(turn, match.start, match.end)
        if not _is_numbered(turn, first, language):
            yield Stretch(first, last, EntityType.PHONE, _formatted(match.number, region))
    for index, word in enumerate(turn.words):
        if written := _GROUPED_PHONE.fullmatch(word.text.strip(".,")):
            yield Stretch(index, index, EntityType.PHONE, f"({written[1]}) {written[2]}-{written[3]}")


def _is_numbered(turn: TurnText, first: int, language: str) -> bool:
    """Whether bare digits are said to be the number of an order, an account, a case."""
    terms = terms_of(language)
    before = {plain(word.text) for word in turn.words[max(0, first - 4) : first]}
    return turn.words[first].text.isdecimal() and bool(before & terms.numbered) and not before & terms.phones


def _written_phone(digits: str, region: str) -> str:
    if len(digits) < 10:
        return f"{digits[:3]}-{digits[3:]}"
    try:
        return _formatted(phonenumbers.parse(digits, "US" if region == "US" else region), region)
    except phonenumbers.NumberParseException:
        return digits


def _formatted(number: phonenumbers.PhoneNumber, region: str) -> str:
    own = phonenumbers.country_code_for_region(region) == number.country_code
    form = phonenumbers.PhoneNumberFormat.NATIONAL if own else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def _words_between(turn: TurnText, start: int, end: int) -> tuple[int, int]:
    """First and last word that hold the characters from `start` to before `end` of the turn's text."""
    first = max(index for index, offset in enumerate(turn.offsets) if offset <= start)
    last = max(index for index, offset in enumerate(turn.offsets) if offset < end)
    return first, last


def _money(turn: TurnText, quantities: list[Quantity], language: str) -> Iterator[Stretch]:
    for index, word in enumerate(turn.words):
        text = word.text.strip(".,")
        if match := _WRITTEN_MONEY.fullmatch(text):
            yield _written_amount(turn, index, match)
        elif match := _WRITTEN_CENTS.fullmatch(text):
            yield _amount(index, index, "$", "0", match[1].zfill(2))
        elif _LARGE.fullmatch(text) and _is_paid(turn, index, language):
            yield _amount(index, index, "$", text.replace(",", ""), "")
        elif (match := _BARE_PRICE.fullmatch(text)) and _priced(turn, index, language):
            yield _amount(index, index, "$", match[1], match[2] or "")
    for quantity in quantities:
        whole, _, centi = quantity.value.partition(".")
        first, last = quantity.words
        if quantity.kind is Kind.MONEY:
            yield _amount(first, last, "$", whole, centi)
        elif quantity.kind in (Kind.CARDINAL, Kind.DECIMAL) and last + 1 < len(turn.words):
            unit = _UNITS.get(turn.words[last + 1].text.lower().strip(".,"))
            weighs = unit == "£" and LanguageCode.parse(language).region != "UK"
            if unit and not weighs:
                yield _amount(first, last + 1, unit, whole, centi)


def _written_amount(turn: TurnText, index: int, match: re.Match[str]) -> Stretch:
    """`$45.99`, `-$15`; with the magnitude behind it, `$1.2 million`."""
    sign, whole, centi = f"{match[1].replace('−', '-')}{match[2]}", match[3].replace(",", ""), match[4] or ""
    after = plain(turn.words[index + 1].text) if index + 1 < len(turn.words) else ""
    if after in _MAGNITUDES:
        value = Decimal(f"{whole}.{centi or 0}") * _MAGNITUDES[after]
        return _amount(index, index + 1, sign, str(int(value)), "")
    return _amount(index, index, sign, whole, centi)


def _is_paid(turn: TurnText, index: int, language: str) -> bool:
    """ "We spent 3,000,000 on it", as recognisers write three million dollars."""
    after = turn.words[index + 1] if index + 1 < len(turn.words) else None
    ends = after is None or after.kind is not WordKind.WORD or plain(after.text) in _AFTER_AMOUNT
    return ends and index > 0 and plain(turn.words[index - 1].text) in terms_of(language).cost_words


def _priced(turn: TurnText, index: int, language: str) -> bool:
    """Whether a price is announced: `the total comes to 3480`, said as thirty four eighty; `39.99 a month`."""
    terms = terms_of(language)
    before = [plain(word.text) for word in turn.words[max(0, index - 4) : index]]
    if _CENTS_SAID.fullmatch(turn.words[index].text.strip(".,")):
        after = [plain(word.text) for word in turn.words[index + 1 : index + 3]]
        each = after[:1] in (["a"], ["an"], ["per"]) and after[1:] and after[1] in terms.rates
        if each or (before and before[-1] in terms.cost_words):
            return True
    if not before or (index + 1 < len(turn.words) and turn.words[index + 1].kind is WordKind.WORD):
        return False
    return before[-1] in terms.price_links and bool(terms.price_words.intersection(before))


def _amount(first: int, last: int, sign: str, whole: str, centi: str) -> Stretch:
    units, cents = int(whole or "0"), int((centi + "00")[:2])
    formatted = f"{sign}{units:,}.{cents:02d}"
    return Stretch(first, last, EntityType.MONEY, formatted, (units, cents))


def _numbers(turn: TurnText, quantities: list[Quantity]) -> Iterator[Stretch]:
    """Numbers that are nothing else; written ones keep their form (`02116`)."""
    for quantity in quantities:
        if quantity.kind in _NUMBERS:
            first, last = quantity.words
            written = turn.exact(first, last).strip(".,")
            value = f"{quantity.value}%" if quantity.kind is Kind.PERCENT else quantity.value
            before = plain(turn.words[first - 1].text) if first else ""
            if before not in known_names()["products"]:
                yield Stretch(first, last, EntityType.NUMBER, value if quantity.spoken or first != last else written)
    for index, word in enumerate(turn.words):
        if (text := word.text.strip(".,")) and _WRITTEN_NUMBER.fullmatch(text):
            after = plain(turn.words[index + 1].text) if index + 1 < len(turn.words) else ""
            percent = after == "percent" and not text.endswith("%")
            yield Stretch(index, index + percent, EntityType.NUMBER, text + "%" * percent)
