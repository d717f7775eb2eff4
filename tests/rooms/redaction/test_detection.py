"""Findings, covers and levels of detection; the registry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.rooms.redaction.dialogues import call_of, detected
from voxport.core.artefacts import transcript_from_json
from voxport.core.detectors import DETECTORS, find_detector
from voxport.core.errors import MediaFailed
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.spans import covers, merge
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind
from voxport.redaction.covering.sound import beeps_of
from voxport.redaction.covering.words import cover_words
from voxport.redaction.detection import detect
from voxport.redaction.registry import FINDERS

HEARD = Path(__file__).parent / "heard"
TONE = AudioRedactor(170, 0.5)
CARD = """
    A: And the card number?
    C: It's {4111 1111 1111 1111}.
    A: The total is <$45.99>.
"""


def recognised(name: str) -> Transcript:
    """What model base heard in a synthetic call of the corpus."""
    return transcript_from_json((HEARD / f"{name}.json").read_bytes())


def texts(transcript: Transcript, spans: tuple[Span, ...]) -> list[str]:
    return [word.text for word in transcript.words if word.kind is WordKind.WORD and covers(word, spans)]


class TestRecognisedCalls:
    def test_a_card_its_expiry_its_code_and_its_last_digits(self) -> None:
        heard = recognised("synth-order-card")
        found = detect(heard, [DetectorPlan("PCI", DetectionLevel.NUMBERS_ONLY, "[redacted]")], 130_400)
        assert texts(heard, found.covered) == ["4111", "1111", "1111", "1111", "11", "0927", "837", "1111"]
        assert [len(secret.digits) for secret in found.secrets] == [18, 4, 3, 4]

    def test_a_social_security_number(self) -> None:
        heard = recognised("synth-support-ssn")
        found = detect(heard, [DetectorPlan("SSN", DetectionLevel.NUMBERS_ONLY, "[redacted]")], 162_900)
        assert texts(heard, found.covered) == ["078", "0-5", "11-2-0"]

    @pytest.mark.parametrize("name", ["synth-support-ssn", "synth-voicemail"])
    def test_no_card_where_none_is_given(self, name: str) -> None:
        assert detect(recognised(name), [DetectorPlan("PCI", replacement="[redacted]")], 200_000).covers == ()

    @pytest.mark.parametrize(
        ("name", "secrets"),
        [
            ("dtmf_agent_mono", ["16 keys", "3 keys"]),
            ("dtmf_v3_ivr20s", ["16 keys"]),
            ("amex_acct_on", ["3-7-828-2246-31005"]),
            ("ctl_amex", ["3-7-828-22463-1-0-0-0-5"]),
            ("cvn_late", ["111", "1111", "1234", "537"]),
            ("exp_late", ["111", "1111", "1234", "0927"]),
        ],
    )
    @pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.NUMBERS_ONLY])
    def test_secrets_that_were_asked_for_in_other_words_or_keyed(
        self, name: str, secrets: list[str], level: DetectionLevel
    ) -> None:
        heard = recognised(f"case-{name}")
        found = detect(heard, [DetectorPlan("PCI", level, "[redacted]", TONE)], 60_000)
        covered = [word.text for word in heard.words if covers(word, found.covered)]
        keys = [key for key in heard.keyed or () if covers(Word("", key.start_ms, key.end_ms, 1), found.audio_spans)]
        assert sum(int(one.split()[0]) for one in secrets if one.endswith("keys")) in (0, len(keys), len(keys) - 1)
        assert {one for one in secrets if not one.endswith("keys")} <= set(covered)

    def test_every_number(self) -> None:
        heard = recognised("synth-voicemail")
        found = detect(heard, [DetectorPlan("Number", DetectionLevel.NUMBERS_ONLY, "#")], 29_900)
        assert texts(heard, found.covered) == ["9th", "330", "415-555-0193", "415-555-0193", "5"]


class TestEchoes:
    """The echo of a secret on another channel, which is not recognised, is covered with it."""

    @pytest.mark.parametrize("level", list(DetectionLevel))
    def test_the_sound_is_covered_as_much_wider_as_the_echo_is_late(self, level: DetectionLevel) -> None:
        call = call_of(CARD)
        plan = [DetectorPlan("PCI", level, "[redacted]", TONE)]
        plain = detect(call.transcript, plan, call.duration_ms)
        echoing = detect(replace(call.transcript, echo_ms=280), plan, call.duration_ms)
        assert echoing.text_spans == plain.text_spans
        assert [(beep.span.start_ms, beep.span.end_ms) for beep in beeps_of(echoing)] == [
            (max(0, beep.span.start_ms - 280), beep.span.end_ms + 280) for beep in beeps_of(plain)
        ]
        assert echoing.audio_spans[-1].end_ms == plain.audio_spans[-1].end_ms + 280
        assert echoing.covered[-1] == echoing.audio_spans[-1]


class TestFindings:
    def test_segments_are_by_speaker_and_hide_what_is_redacted(self) -> None:
        call = call_of(CARD + "    A: So {4111 1111 1111 1111}.\n")
        (detection,) = detected(call, "PCI").detections
        assert (detection.detector, detection.label) == ("PCI", "PCI")
        assert [segment.speaker for segment in detection.segments] == ["A", "C"]
        assert [segment.channel for segment in detection.segments] == [0, 1]
        assert {occurrence.exact for segment in detection.segments for occurrence in segment.occurrences} == {""}

    @pytest.mark.parametrize("level", list(DetectionLevel))
    @pytest.mark.parametrize("name", ["case-cvn_late", "case-dtmf_agent_mono", "synth-support-ssn"])
    def test_what_is_covered_in_the_sound_is_shown_span_for_span(self, name: str, level: DetectionLevel) -> None:
        plans = [DetectorPlan(detector, level, "#", TONE) for detector in ("PCI", "SSN")]
        found = detect(replace(recognised(name), echo_ms=40), plans, 200_000)
        shown = [one.span for d in found.detections for s in d.segments for one in s.occurrences]
        assert merge(shown) == found.audio_spans != ()

    def test_what_is_only_detected_is_shown_and_not_covered(self) -> None:
        call = call_of(CARD)
        found = detect(call.transcript, [DetectorPlan("PCI")], call.duration_ms)
        ((occurrence,),) = [segment.occurrences for segment in found.detections[0].segments]
        assert occurrence.exact == "4111 1111 1111 1111"
        assert found.covered == ()
        assert [one.replacement for one in found.covers] == [None]

    def test_what_another_detector_redacts_is_not_shown(self) -> None:
        call = call_of(CARD)
        plans = [DetectorPlan("PCI"), DetectorPlan("Number", DetectionLevel.NUMBERS_ONLY, "#")]
        found = detect(call.transcript, plans, call.duration_ms)
        assert {one.exact for d in found.detections for s in d.segments for one in s.occurrences} == {""}

    def test_no_finding_is_an_empty_detection(self) -> None:
        call = call_of("A: Hello.\nC: Hi.")
        found = detected(call, "PCI")
        assert [detection.segments for detection in found.detections] == [()]
        assert (found.covers, found.secrets) == ((), ())

    def test_text_and_audio_have_the_spans_of_their_redactors(self) -> None:
        call = call_of(CARD)
        plans = [DetectorPlan("PCI", audio=TONE), DetectorPlan("Number", DetectionLevel.NUMBERS_ONLY, "#")]
        found = detect(call.transcript, plans, call.duration_ms)
        assert len(found.audio_spans) == 1
        sound = found.audio_spans[0]
        assert any(one.start_ms <= sound.start_ms and sound.end_ms <= one.end_ms for one in found.covered)
        price = next(word for _, word in call.wanted if word.text == "$45.99")
        assert found.replacement_at(Span(price.start_ms, price.end_ms)) == "#"
        assert found.replacement_at(Span(0, 100)) is None

    def test_secrets_do_not_show_in_a_log_line(self) -> None:
        assert "4111" not in repr(detected(call_of(CARD), "PCI"))


class TestLevels:
    def test_a_region_holds_all_that_is_said_in_it_on_both_channels(self) -> None:
        call = call_of("""
            A: And the card number?
            C: It's {4111 1111}
            A: {okay}
            C: {and then let me see 1111 1111}.
        """)
        assert texts(call.transcript, detected(call, "PCI").covered)[-10:] == [
            "4111", "1111", "okay", "and", "then", "let", "me", "see", "1111", "1111"
        ]  # fmt: skip
        numbers = detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered
        assert texts(call.transcript, numbers) == ["4111", "1111", "1111", "1111"]

    def test_margins(self) -> None:
        words = [Word("number", 0, 500, 0.9), Word("4111", 3000, 3400, 0.9), Word("1111", 3400, 3800, 0.9)]
        call = Transcript("en-US", (Turn(0, None, (Word("card", 0, 200, 0.9), *words)),), (), "test")
        spans = {level: detect(call, [DetectorPlan("PCI", level, "#")], 9000).covered for level in DetectionLevel}
        assert spans == {
            DetectionLevel.ENTIRE_REGION: (Span(600, 6450),),
            DetectionLevel.PROBABLE_NUMBERS: (Span(2750, 4250),),
            DetectionLevel.NUMBERS_ONLY: (Span(3000, 3800),),
        }

    @pytest.mark.parametrize("level", DetectionLevel)
    def test_times_that_were_filled_in_get_wider_margins(self, level: DetectionLevel) -> None:
        words = (Word("card", 0, 200, 0.9), Word("number", 200, 500, 0.9), Word("41111111", 3000, 3800, 0.9))
        measured = Transcript("en-US", (Turn(0, None, words),), (), "test")
        filled = Transcript("en-US", (Turn(0, None, (*words[:2], replace(words[2], measured=False))),), (), "test")
        (sure,) = detect(measured, [DetectorPlan("PCI", level, "#")], 9000).covered
        (wide,) = detect(filled, [DetectorPlan("PCI", level, "#")], 9000).covered
        if level is not DetectionLevel.ENTIRE_REGION:
            assert (wide.start_ms, wide.end_ms) == (sure.start_ms - 400, sure.end_ms + 400)
        assert wide.start_ms <= sure.start_ms
        assert wide.end_ms >= sure.end_ms

    def test_a_word_without_length_takes_the_time_between_its_neighbours(self) -> None:
        words = (Word("card", 0, 200, 0.9), Word("number", 200, 500, 0.9), Word("41111111", 3000, 3000, 0.9))
        call = Transcript("en-US", (Turn(0, None, (*words, Word("Thanks", 4000, 4300, 0.9))),), (), "test")
        assert detect(call, [DetectorPlan("PCI", DetectionLevel.NUMBERS_ONLY, "#")], 9000).covered == (Span(100, 4400),)

    @pytest.mark.parametrize("level", DetectionLevel)
    @pytest.mark.parametrize("measured", [True, False])
    @pytest.mark.parametrize("at_ms", [0, 900, 1499])
    def test_a_word_without_length_or_room_is_covered_and_not_shown(
        self, at_ms: int, measured: bool, level: DetectionLevel
    ) -> None:
        before = (Word("so", 0, at_ms, 0.9),) if at_ms else ()
        words = (*before, Word("4111111111111111", at_ms, at_ms, 0.9, measured=measured), Word("bye", at_ms, 1500, 0.9))
        call = Transcript("en-US", (Turn(0, None, words),), (), "test")
        found = detect(call, [DetectorPlan("PCI", level, "#", TONE), DetectorPlan("Number")], 1500)
        assert {one.exact for d in found.detections for s in d.segments for one in s.occurrences} == {""}
        assert "4111" not in " ".join(word.text for word in cover_words(call, found).words)
        assert sum(span.end_ms - span.start_ms for span in found.audio_spans) >= 400


class TestRefusals:
    @pytest.mark.parametrize(
        ("detector", "language"),
        [("PCI", "fr-FR"), ("PCI", "es-US"), ("SSN-Spanish", "en-US"), ("Number", "de-DE"), ("Voices", "en-US")],
    )
    def test_a_language_that_a_detector_does_not_know(self, detector: str, language: str) -> None:
        with pytest.raises(MediaFailed) as failed:
            detect(Transcript(language, (), (), "test"), [DetectorPlan(detector)], 1000)
        assert failed.value.problem.code == 50006

    @pytest.mark.parametrize("times", [(9500, 9900), (-200, 100), (900, 300)])
    def test_a_secret_without_a_place_fails_the_media(self, times: tuple[int, int]) -> None:
        words = (Word("card", 0, 200, 0.9), Word("number", 200, 500, 0.9), Word("41111111", *times, 0.9))
        call = Transcript("en-US", (Turn(0, None, words),), (), "test")
        with pytest.raises(MediaFailed) as failed:
            detect(call, [DetectorPlan("PCI", replacement="#")], 8000)
        assert failed.value.problem.code == 10201
        assert "4111" not in str(failed.value)


class TestRegistry:
    def test_every_definition_has_a_finder_and_every_finder_a_definition(self) -> None:
        assert {definition.name for definition in DETECTORS} == set(FINDERS)

    def test_ids_stay_the_same_for_ever(self) -> None:
        assert {definition.name: str(definition.id) for definition in DETECTORS} == IDS

    @pytest.mark.parametrize("definition", DETECTORS)
    def test_found_by_name_and_by_id_in_any_case(self, definition: object) -> None:
        one = next(known for known in DETECTORS if known is definition)
        assert find_detector(one.name.lower()) is one
        assert find_detector(str(one.id).upper()) is one
        assert find_detector("nothing") is None


IDS = {
    "PCI": "9e48b703-0558-552c-852b-0893f888244a",
    "SSN": "0749ee38-736a-5c6b-962e-d71452e1ac46",
    "Number": "fb64df59-53b6-593d-bb65-bd3071996f2e",
    "PII": "ddce3d36-8a0f-560d-913c-c16d6bbabae6",
    "PCI-Spanish": "bf650d9c-018a-5a55-9b13-18c46008e3e3",
    "SSN-Spanish": "17bf5d33-c362-54fa-8922-1548b9069d77",
    "SIN": "29d974a4-b25f-5ce7-91c0-c6e0e5fae18e",
    "NINO": "7c553c0e-bf99-57b5-81de-5da48e8f70f9",
    "DNI": "5d1207fc-2ddc-5770-81fb-0885324ad9e0",
    "IBAN": "7b781721-85ec-57f1-87fe-e1a1847b0fd8",
    "Passport": "410c05a5-d00a-5008-8911-8ea398386a27",
    "DriversLicense": "badbd868-fae6-5b8f-93c3-3f7763383a65",
}
