"""Vocabularies in recognition: which terms are listened for, what scripts give, and real speech."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.rooms.speech import sounds
from tests.rooms.speech.test_contextual_biasing import vocabulary, words
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import Transcript
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.script_terms import terms_of
from voxport.speech.transcription import TranscriptionRequest, transcribe
from voxport.speech.vocabulary import MAX_SHORTLISTED, Vocabulary

CALL = "refill-8s.wav"


class _Nowhere:
    def load(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def save(self, name: str, data: bytes) -> None:
        """These calls are heard once."""


def _hear(recognizer: Recognizer, request: TranscriptionRequest) -> Transcript:
    return transcribe(recognizer, request, checkpoint=_Nowhere(), progress=lambda _: None, interrupted=lambda: False)


def _request(terms: tuple[VocabularyTerm, ...] = (), scripts: tuple[str, ...] = ()) -> TranscriptionRequest:
    return TranscriptionRequest(sounds.channels(*sounds.recording(CALL)), "en-US", terms, scripts)


def _text(transcript: Transcript) -> str:
    return " ".join(turn.text for turn in transcript.turns)


def _terms(*texts: str) -> TranscriptionRequest:
    return _request(tuple(map(VocabularyTerm, texts)))


def test_terms_are_heard_where_they_were_misheard(tiny: Recognizer) -> None:
    plain = _hear(tiny, _request())
    assert not {"Farxiga", "Ifeoma", "Okafor"} & {word.text for word in plain.words}
    named = _hear(tiny, _terms("Farxiga", "Ifeoma Okafor", "Corvanta"))
    assert _text(named) == (
        "I would like to refill my Farxiga before the weekend. My doctor, Ifeoma Okafor, sent the papers to Corvanta."
    )
    (term,) = (word for word in named.words if word.text == "Farxiga")
    (before,) = (word for word in plain.words if word.text.lower() == "farsega")
    assert (term.start_ms, term.end_ms) == (before.start_ms, before.end_ms)


def test_scripts_name_what_stands_out_in_them(tiny: Recognizer) -> None:
    script = "Welcome to Corvanta. I can help you with your Farxiga today, or Ifeoma Okafor will call you back."
    heard = _text(_hear(tiny, _request(scripts=(script,))))
    assert "my Farxiga before" in heard
    assert "Ifeoma Okafor" in heard


def test_terms_that_nobody_says_change_nothing(tiny: Recognizer) -> None:
    others = _terms("Sertraline", "Lyft", "Wix", "Weyer", "Zscaler", "Quantrell Freight", "Dokter", "Paypers")
    assert _hear(tiny, others) == _hear(tiny, _request())


def test_calls_with_different_vocabularies_share_the_model_and_no_term(models_dir: Path) -> None:
    """Segments of both go through the model together; each hears as it does alone."""
    asked = [_terms("Farxiga"), _terms("Ifeoma Okafor"), _request(), _terms("Farsiega", "Okofor")]
    recognizer = Recognizer(FasterWhisperModel(locate("tiny.en", models_dir), EngineOptions(device="cpu", threads=1)))
    try:
        alone = [_text(_hear(recognizer, request)) for request in asked]
        before = len(recognizer.batches)
        with ThreadPoolExecutor(len(asked)) as pool:
            together = [_text(one) for one in pool.map(lambda request: _hear(recognizer, request), asked)]
        shared = recognizer.batches[before:]
    finally:
        recognizer.close()
    assert together == alone
    assert len(set(alone)) > 2
    assert any(calls > 1 for _, calls in shared)


def test_prompts_have_lengths_that_batches_can_share(tiny: Recognizer) -> None:
    many = [f"Farxiga {number}" for number in range(200)]
    prompts = [tiny.prompt(many[-count:], "en") for count in (1, 5, 30, 200)]
    assert [len(prompt) % 16 for prompt in prompts] == [0, 0, 0, 0]
    assert len(prompts[-1]) <= 208
    # Of too many terms the last ones fit.
    assert prompts[-1][-4:] == prompts[0][-4:]


def test_the_shortlist_holds_what_was_doubtful_and_sounds_alike() -> None:
    known = vocabulary("Xeljanz", "Corvanta", VocabularyTerm("Siobhan", ("shavonne",)))
    heard = words("ask", ("Shavon", 0.5), "for", ("Zelgens", 0.4))
    assert {term.term for term in known.shortlist(heard)} == {"Siobhan", "Xeljanz"}
    assert known.shortlist(words("ask", "for", "more")) == ()


def test_a_long_list_is_cut_to_the_likeliest_terms() -> None:
    known = vocabulary(*(f"Zelga{chr(97 + first)}{chr(97 + second)}" for first in range(26) for second in range(26)))
    short = known.shortlist(words(("Zelgaxyr", 0.4)))
    assert len(short) == MAX_SHORTLISTED
    assert "Zelgaxy" in {term.term for term in short[-2:]}


def test_a_weight_brings_a_term_onto_the_shortlist_first() -> None:
    known = vocabulary(VocabularyTerm("Zelgaxa", (), 5), "Zelgaxb")
    assert [term.term for term in known.shortlist(words(("Zelgax", 0.4)))] == ["Zelgaxb", "Zelgaxa"]


def test_what_stands_out_in_a_script() -> None:
    script = (
        "Thank you for calling Corvanta, this is Ifeoma. I can help you with your Xeljanz refill on Monday. "
        "May I have your date of birth? Our Lumivex plan costs $45 a month."
    )
    assert terms_of([script], "en") == ["Corvanta", "Ifeoma", "Xeljanz", "Lumivex"]
    assert terms_of(["How may I help you today?"], "en") == []


def test_a_term_of_the_list_goes_before_the_same_of_a_script() -> None:
    known = Vocabulary.of([VocabularyTerm("Corvanta", (), 3)], ["Welcome to CORVANTA. Ask for Lumivex."], "en")
    assert known.terms == (VocabularyTerm("Corvanta", (), 3), VocabularyTerm("Lumivex"))
