"""Secrets that are said again or mended, and what the other side says once it has them; at both levels."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

DATE = "A: Your Visa, what is it good through?\n"
DATES = [
    pytest.param(DATE + "C: {08-29}.\nA: {August} of {29}, great.", id="a month for its number"),
    pytest.param(
        DATE + "C: It's {oh} {three}, {thirty} now.\nA: {March} {2030}. Beautiful.", id="said, and its year whole"
    ),
    pytest.param(DATE + "C: {July} {twenty-six}.\nA: {0726}. It takes <35> minutes.", id="figures for a month"),
    pytest.param(
        "A: It's your Visa, I see the date {06-26}, that still right?\nC: Yep, {June} of {26}.", id="of who asked"
    ),
    pytest.param("A: The card. What month does it die?\nC: Ha. {July} {twenty-six}.", id="the month it dies"),
    pytest.param(
        "A: We lost the dates on all cards.\nC: Like the month it ends?\nA: Right.\nC: {August}.\nA: Of?\n"
        "C: {Twenty-nine}.",
        id="a month, and its year later",
    ),
    pytest.param("A: The Visa expired in May.\nC: The new one's {May} {30}.", id="what expired in May"),
    pytest.param(
        "A: Your Visa, when does it run out, and the security.\nC: {April} next year, so {04-27}, and it's {617}.",
        id="a date in figures before the code",
    ),
    pytest.param(DATE + "C: {09-27}.\nA: And the three little ones behind?\nC: {633}.", id="the three little ones"),
]
SOCIALS = [
    pytest.param(
        "A: I show your SSN as {512-38-6604}, is that correct?\nC: {6640}.\nA: Sorry?\n"
        "C: {Six} {six} {four} {zero} not {zero} {four}.",
        id="the end mended",
    ),
    pytest.param(
        "A: Your social?\nC: {621} {18} {4700}.\nA: Sorry, the middle of the social was {18} or {80}?\nC: {Eighteen}.",
        id="one of two",
    ),
    pytest.param(
        "A: They need your whole social.\nC: I only gave {6620}.\nA: Yes, the {6620}. What comes before that?\n"
        "C: {431-07}.\nA: {431-07-6620}. Super.",
        id="the whole of its parts",
    ),
    pytest.param(
        "A: I need both socials.\nC: Mine's {318-72-5540}. His is {764-05-2218}.\n"
        "A: Yours {318-72-5540}, his {764-05-2218}.\nC: Yep.\nA: For you that's <130> and for him <135>.",
        id="the price behind both",
    ),
    pytest.param(
        "A: The last part of your social?\nC: {8344}.\nA: {8344}, thanks. I have you down for <22> accounts.",
        id="a count behind it",
    ),
    pytest.param(
        "A: CVV, sir?\nC: {004}.\nA: {004}, sir?\nC: Haan {zero} {zero} {four}, {004}.", id="a code said twice"
    ),
    pytest.param(
        "A: May I have the date on the front of the card and the number on the back, and then I'll give you the ticket "
        "number.\nC: It's {zero} {four} {three} {one} and {two} {two} {zero}.",
        id="what is promised is not asked for",
    ),
    pytest.param("A: I need the nine digits for the child.\nC: {866} {41} {0993}.", id="the nine digits"),
]
KEPT = [
    pytest.param(
        "A: Your social?\nC: {219-09-9999}.\nA: The payoff good through the <31st> is <184>.", id="good through a day"
    ),
]


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
@pytest.mark.parametrize("text", DATES)
def test_a_date_or_a_code_of_a_card_that_is_said_again(text: str, level: DetectionLevel) -> None:
    _check(text, "PCI", level)


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
@pytest.mark.parametrize("text", SOCIALS)
def test_a_number_that_is_said_again_or_mended(text: str, level: DetectionLevel) -> None:
    _check(text, "PCI" if "CVV" in text or "card" in text else "SSN", level)


@pytest.mark.parametrize("detector", ["PCI", "SSN"])
@pytest.mark.parametrize("text", KEPT)
def test_what_is_said_once_it_was_given_stays(text: str, detector: str) -> None:
    call = call_of(text)
    lost = mistakes(call, detected(call, detector, DetectionLevel.PROBABLE_NUMBERS).covered)
    assert [one for one in lost if one.startswith("lost")] == []


def _check(text: str, detector: str, level: DetectionLevel) -> None:
    """What is said beside a secret is covered with it at `entireRegion`."""
    found = mistakes(call := call_of(text), detected(call, detector, level).covered)
    regions = level is DetectionLevel.ENTIRE_REGION
    assert [one for one in found if not (regions and one.startswith("lost"))] == []
