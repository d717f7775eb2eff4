"""Terms take the place of what sounds like them, and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from voxport.core.plan import VocabularyTerm
from voxport.speech.contextual_biasing import place_terms, spell_terms
from voxport.speech.options import BiasingOptions
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.word_splitting import DecodedWord

OPTIONS = BiasingOptions()


def words(*said: str | tuple[str, float] | tuple[str, float, int]) -> list[DecodedWord]:
    """Words one after another, each with its probability and for how many times 200 ms it lasts; `.,?` is a mark."""
    spoken, at_ms = [], 0
    for one in said:
        text, probability, length = (*(one if isinstance(one, tuple) else (one, 0.98)), 1)[:3]
        bare = text.rstrip(".,?")
        spoken.append(DecodedWord(bare, at_ms, at_ms + 200 * length, probability, text[len(bare) :]))
        at_ms += 200 * length
    return spoken


def vocabulary(*terms: str | VocabularyTerm, language: str = "en") -> Vocabulary:
    return Vocabulary.of([VocabularyTerm(term) if isinstance(term, str) else term for term in terms], (), language)


def text(spoken: Sequence[DecodedWord]) -> str:
    return " ".join(word.text + word.mark for word in spoken)


def test_a_term_takes_the_time_and_the_mark_of_what_it_replaces() -> None:
    unbiased = words("using", ("loom", 0.5), ("of", 0.8), ("X,", 0.7), "now.")
    biased = words("using", ("Lumivex,", 0.5, 3), "now.")
    named = place_terms(unbiased, biased, vocabulary("Lumivex"), OPTIONS)
    assert text(named) == "using Lumivex, now."
    assert (named[1].start_ms, named[1].end_ms) == (200, 800)


def test_a_term_of_several_words_becomes_words_of_their_own() -> None:
    unbiased = words("to", ("fiumoocophore", 0.4), "please.")
    biased = words("to", ("Ifeoma", 0.5), ("Okafor", 0.6), "please.")
    named = place_terms(unbiased, biased, vocabulary("Ifeoma Okafor"), OPTIONS)
    assert text(named) == "to Ifeoma Okafor please."
    assert [(word.start_ms, word.end_ms) for word in named[1:3]] == [(200, 300), (300, 400)]


def test_only_the_term_is_taken_from_the_biased_decoding() -> None:
    """What the prompt made of the words around it is not believed."""
    unbiased = words("my", ("Zelgens", 0.4), "before", "the", "weekend.")
    biased = words("by", ("Xeljanz", 0.5), "be", "for", "the", "week", "end.")
    assert text(place_terms(unbiased, biased, vocabulary("Xeljanz"), OPTIONS)) == "my Xeljanz before the weekend."


@pytest.mark.parametrize(
    ("unbiased", "biased", "term"),
    [
        # Clearly heard ordinary words stay, however alike they sound.
        (words("that", ("certain", 0.87), ("line", 0.99)), words("that", ("Sertraline", 0.3, 2)), "Sertraline"),
        (words("that", ("certain", 0.87), ("line", 0.99)), words("that", ("Sertraline", 0.3)), "Sertraline"),
        (words("a", ("lift", 0.97)), words("a", ("Lyft", 0.9)), "Lyft"),
        (words("two", ("weeks", 0.99)), words("two", ("Wix", 0.5)), "Wix"),
        # Badly heard ones stay when the term is less likely still.
        (words("a", ("bill", 0.6)), words("a", ("Bihl", 0.05)), "Bihl"),
        # What sounds of something else stays, even where the model insists.
        (words("call", ("Quantral", 0.4)), words("call", ("Zelvora", 0.9)), "Zelvora"),
        # Nothing was heard there before.
        (words("thank", "you"), words("thank", "you", ("Zelvora", 0.9)), "Zelvora"),
        # Figures never become names: redaction looks for them.
        (words("card", ("4111", 0.4)), words("card", ("Foreleven", 0.9)), "Foreleven"),
    ],
)
def test_harm_is_refused(unbiased: list[DecodedWord], biased: list[DecodedWord], term: str) -> None:
    assert place_terms(unbiased, biased, vocabulary(term), OPTIONS) == unbiased


def test_a_weight_raises_the_willingness() -> None:
    unbiased, biased = words("for", ("Bendico", 0.68)), words("for", ("Vyndaqel", 0.2))
    assert text(place_terms(unbiased, biased, vocabulary("Vyndaqel"), OPTIONS)) == "for Bendico"
    heavy = vocabulary(VocabularyTerm("Vyndaqel", (), 5))
    assert text(place_terms(unbiased, biased, heavy, OPTIONS)) == "for Vyndaqel"


def test_the_spelling_of_the_biased_decoding_may_be_off() -> None:
    unbiased, biased = words(("Vindicell", 0.6)), words(("Vindaqel", 0.6))
    assert text(place_terms(unbiased, biased, vocabulary("Vyndaqel"), OPTIONS)) == "Vyndaqel"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (words("the", ("Z-scaler", 0.6), "license"), "the Zscaler license"),
        (words("from", ("data", 0.9), ("vant", 0.5)), "from Datavant"),
        (words("the", ("farxiga's", 0.5), "price"), "the Farxiga's price"),
        (words("quantrell", "freight?"), "Quantrell Freight?"),
        (words("blue", "cross"), "Blue Cross"),
        (words("every", "day"), "every day"),
        (words("is", "it", ("apple", 0.5)), "is it apple"),
    ],
)
def test_case_hyphens_and_spaces_are_written_as_the_term_is(said: list[DecodedWord], written: str) -> None:
    known = vocabulary("Zscaler", "Datavant", "Farxiga", "Quantrell Freight", "Blue Cross", "Everyday", "IT", "Apple")
    assert text(spell_terms(said, known, OPTIONS)) == written


def test_an_ordinary_word_is_the_term_only_where_it_is_written_so() -> None:
    """Whoever lists IT does not want every "it" in capitals; one that is told apart from the others was meant."""
    known = vocabulary("IT", "Zoom")
    unbiased = words("it", "runs", "on", "zoom.", "says", "it")
    biased = words("it", "runs", "on", "Zoom.", "says", "IT")
    assert known.shortlist(unbiased)
    assert text(place_terms(unbiased, biased, known, OPTIONS)) == "it runs on Zoom. says IT"


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("I would like the mint tea.", "Mint"),
        ("they sing in harmony.", "Harmony"),
        ("we grow apple trees.", "Apple"),
        ("watch this cricket on the weekend.", "Cricket"),
        ("let me chase them about it.", "Chase"),
        ("he spoke of it.", "IT"),
        ("it was on target.", "Target"),
    ],
)
def test_a_capital_proves_nothing_where_the_engine_was_told_of_it(said: str, term: str) -> None:
    """The decoding biased by a term writes it wherever its word is said (heard so with model base)."""
    unbiased = words(*said.split())
    biased = words(*(word.lower().replace(term.lower(), term) for word in said.split()))
    known = vocabulary(term)
    assert place_terms(unbiased, biased, known, OPTIONS) == unbiased
    assert spell_terms(unbiased, known, OPTIONS) == unbiased


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("an account with ally.", "an account with Ally."),
        ("the chase bank card", "the Chase bank card"),
        ("because target sent it", "because Target sent it"),
        ("my brother mark called", "my brother Mark called"),
        ("thank you for calling harmony.", "thank you for calling Harmony."),
        ("our it department", "our IT department"),
        # What comes before a mark belongs to another clause.
        ("my account, with apple juice", "my account, with apple juice"),
    ],
)
def test_the_words_around_an_ordinary_word_ask_for_the_term(said: str, written: str) -> None:
    known = vocabulary("Ally", "Chase", "Target", "Mark", "Harmony", "IT", "Apple")
    assert text(spell_terms(words(*said.split()), known, OPTIONS)) == written


def test_a_term_that_is_a_word_needs_its_place_even_where_something_else_was_heard() -> None:
    """ "Down the alley" is no bank, however alike it sounds."""
    known, biased = vocabulary("Ally"), words("down", "the", ("Ally", 0.9))
    assert text(place_terms(words("down", "the", ("alley", 0.4)), biased, known, OPTIONS)) == "down the alley"
    unbiased, biased = words("account", "with", ("alley", 0.4)), words("account", "with", ("Ally", 0.9))
    assert text(place_terms(unbiased, biased, known, OPTIONS)) == "account with Ally"


def test_other_languages_keep_what_was_heard_without_the_term() -> None:
    """ "Claro" is a company and what every second sentence begins with; nothing is known of the words around."""
    known = vocabulary("Claro", language="es")
    unbiased, biased = words("si", "claro", "que", "si"), words("si", "Claro", "que", "si")
    assert place_terms(unbiased, biased, known, OPTIONS) == unbiased


def test_sounds_like_forms_stand_for_the_term() -> None:
    known = vocabulary(VocabularyTerm("Nguyen", ("win", "noo yen")))
    assert text(spell_terms(words("ask", "noo", ("yen", 0.9)), known, OPTIONS)) == "ask Nguyen"
    # An ordinary word that was heard well is not a name, whatever the list says.
    assert text(spell_terms(words("you", "win"), known, OPTIONS)) == "you win"


def test_no_english_sounds_in_other_languages() -> None:
    """`ph` and `f` are one sound in English only; elsewhere letters alone count."""
    english, german = vocabulary("Phonak"), vocabulary("Phonak", language="de")
    assert english.alike(["fonac"])[0, 0] > german.alike(["fonac"])[0, 0]
    said = words(("fonac", 0.5))
    listed = vocabulary(VocabularyTerm("Phonak", ("fonac",)), language="de")
    assert text(spell_terms(said, listed, OPTIONS)) == "Phonak"


def test_languages_without_spaces() -> None:
    known = vocabulary("东京塔", language="zh")
    assert text(spell_terms(words("去", "东", "京", "塔", "吗"), known, OPTIONS)) == "去 东京塔 吗"
