"""Words go to speakers, people to channels of their own, and roles to who talks like it."""

from __future__ import annotations

import pytest

from voxport.core.plan import ChannelPlan, IngestPlan
from voxport.core.speakers import named
from voxport.core.transcript import LanguagePassage, Span, Transcript, Turn, VoiceActivity, Word, WordKind
from voxport.speech.diarization.diarizer import SpokenStretch
from voxport.speech.diarization.options import DiarizationOptions
from voxport.speech.diarization.roles import named_by_role
from voxport.speech.diarization.separation import people_of, separated
from voxport.speech.diarization.words import give_words

OPTIONS = DiarizationOptions()


def said(text: str, start_ms: int = 0, word_ms: int = 300) -> list[Word]:
    """Words without pauses; `.`, `,` and `?` at a word are marks."""
    words: list[Word] = []
    for part in text.split():
        plain = part.rstrip(".,?")
        words.append(Word(plain, start_ms, start_ms + word_ms, 0.9))
        start_ms += word_ms
        if part != plain:
            words.append(Word(part[-1], start_ms, start_ms, 0.0, WordKind.PUNCTUATION))
    return words


def spoken(*stretches: tuple[int, int, int]) -> tuple[SpokenStretch, ...]:
    """(speaker, from ms, to ms)."""
    return tuple(SpokenStretch(start_ms, end_ms, speaker, 0.95) for speaker, start_ms, end_ms in stretches)


def speakers(words: list[Word], stretches: tuple[SpokenStretch, ...]) -> list[int]:
    return [one.speaker for one in give_words(words, stretches, OPTIONS.words) if one.word.kind is WordKind.WORD]


def test_a_change_lies_where_a_sentence_ends_though_times_lean() -> None:
    words = said("how are you? fine thanks.")
    assert speakers(words, spoken((0, 0, 1_000), (1, 1_000, 1_500))) == [0, 0, 0, 1, 1]
    assert speakers(words, spoken((0, 0, 780), (1, 780, 1_500))) == [0, 0, 0, 1, 1]


def test_one_word_inside_a_clause_is_not_torn_out() -> None:
    assert (
        speakers(said("I would like to order a table"), spoken((0, 0, 900), (1, 900, 1_150), (0, 1_150, 2_100)))
        == [0] * 7
    )


def test_a_short_answer_between_pauses_is_who_says_it() -> None:
    words = [*said("is that right?"), *said("yes.", 1_500), *said("good, then we are done.", 2_600)]
    assert speakers(words, spoken((0, 0, 900), (1, 1_500, 1_800), (0, 2_600, 4_100))) == [0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_a_word_beside_all_stretches_goes_to_the_nearest() -> None:
    assert speakers(said("hello", 5_000), spoken((0, 0, 900), (1, 5_400, 6_000))) == [1]


def people(text: str = "how are you? fine thanks.", name: str | None = None) -> list[str]:
    found = people_of(0, name, said(text), spoken((0, 0, 900), (1, 900, 1_500)), OPTIONS)
    return [f"{one.channel} {one.speaker}: {' '.join(word.text for word in one.words)}" for one in found]


def test_names_of_people() -> None:
    assert people() == ["0 Speaker1: how are you ?", "1024 Speaker2: fine thanks ."]
    assert people(name="Agent") == ["0 Agent: how are you ?", "1024 Agent2: fine thanks ."]


def test_who_talks_most_has_the_name_of_the_channel() -> None:
    found = people_of(1, "Caller", said("yes. how are you today?"), spoken((0, 0, 300), (1, 300, 1_500)), OPTIONS)
    assert [(one.channel, one.speaker, len(one.words)) for one in found] == [(1, "Caller", 5), (1025, "Caller2", 2)]


def test_one_voice_stays_as_it_was() -> None:
    assert people_of(0, None, said("how are you"), spoken((0, 0, 900)), OPTIONS) == []
    assert people_of(0, None, said("how are you"), (), OPTIONS) == []
    assert people_of(0, None, said("how are you"), spoken((0, 0, 900), (1, 9_000, 9_500)), OPTIONS) == []
    assert people_of(0, None, [], spoken((0, 0, 900), (1, 900, 1_500)), OPTIONS) == []


def test_turns_activity_and_passages_are_by_person() -> None:
    words = said("how are you? muy bien.")
    whole = Transcript(
        "en-US",
        (Turn(0, None, tuple(words)),),
        (VoiceActivity(0, None, (Span(0, 1_500),)),),
        "made up",
        passages=(LanguagePassage(0, Span(850, 1_500), "es", 0.9),),
    )
    found = people_of(0, None, words, spoken((0, 0, 900), (1, 900, 1_500)), OPTIONS)
    apart = separated(whole, {0: found})
    assert [(turn.speaker, turn.text) for turn in apart.turns] == [
        ("Speaker1", "how are you?"),
        ("Speaker2", "muy bien."),
    ]
    assert all(turn.speaker_confidence == pytest.approx(0.95, abs=0.01) for turn in apart.turns)
    assert [(one.speaker, one.spans) for one in apart.voice_activity] == [
        ("Speaker1", (Span(0, 900),)),
        ("Speaker2", (Span(900, 1_500),)),
    ]
    assert [apart.speaker_on(one.channel) for one in apart.passages] == ["Speaker2"]
    assert {turn.speaker for turn in named(apart, IngestPlan(mix_as="Desk")).turns} == {"Desk", "Desk2"}
    assert named(apart, IngestPlan()).turns == apart.turns


def test_a_voice_that_is_nobodys_stays_known() -> None:
    """Speech that was not understood has to be found: in a stretch of somebody without words, and outside of all."""
    words = said("how are you? fine.")
    heard = (Span(0, 2_000), Span(5_000, 6_000), Span(8_000, 9_000))
    whole = Transcript("en-US", (Turn(0, None, tuple(words)),), (VoiceActivity(0, None, heard),), "made up")
    stretches = spoken((0, 0, 900), (1, 900, 1_500), (2, 5_000, 5_600))
    apart = separated(whole, {0: people_of(0, None, words, stretches, OPTIONS)})
    left = (Span(1_500, 2_000), Span(5_000, 6_000), Span(8_000, 9_000))
    assert apart.unclaimed == (VoiceActivity(0, None, left),)
    assert [one.speaker for one in apart.voice_activity] == ["Speaker1", "Speaker2"]


@pytest.mark.parametrize(
    ("name", "taken", "names"),
    [
        ("Agent", [], ["Agent", "Agent2", "Agent3"]),
        ("Agent", ["Agent", "agent2"], ["Agent", "Agent3", "Agent4"]),
        ("Speaker1", ["Speaker12"], ["Speaker1", "Speaker1-2", "Speaker1-3"]),
        ("Desk 7", ["Desk 7-2"], ["Desk 7", "Desk 7-3", "Desk 7-4"]),
    ],
)
def test_no_two_people_have_one_name(name: str, taken: list[str], names: list[str]) -> None:
    words = said("one. two. three.")
    stretches = spoken((0, 0, 300), (1, 300, 600), (2, 600, 900))
    assert [one.speaker for one in people_of(0, name, words, stretches, OPTIONS, taken)] == names


def test_new_names_are_those_of_other_channels_neither() -> None:
    words = said("one. two.")
    voices = [VoiceActivity(one, "?", (Span(0, 600),)) for one in (0, 1)]
    whole = Transcript("en-US", (Turn(0, "?", tuple(words)),), tuple(voices), "made up")
    apart = separated(whole, {0: people_of(0, "?", words, spoken((0, 0, 300), (1, 300, 600)), OPTIONS)})
    plan = IngestPlan(channels=(ChannelPlan("Agent"), ChannelPlan("Agent2")))
    assert [one.speaker for one in named(apart, plan).voice_activity] == ["Agent", "Agent2", "Agent3"]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("thank you for calling how can I help you?", "I would like to order a table.", ["Agent", "Caller"]),
        ("hi I'm calling about my bill.", "sure can I have your account number?", ["Caller", "Agent"]),
        ("gracias por llamar, ¿en qué puedo ayudarle?", "quiero pagar mi cuenta.", ["Agent", "Caller"]),
        ("good morning Steve.", "good morning Katie.", ["Speaker1", "Speaker2"]),
    ],
)
def test_roles_by_what_is_said(first: str, second: str, names: list[str]) -> None:
    words = [*said(first), *said(second, 10_000)]
    found = people_of(0, None, words, spoken((0, 0, 9_000), (1, 10_000, 19_000)), OPTIONS)
    assert [one.speaker for one in named_by_role(found)] == names
