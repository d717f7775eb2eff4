"""When time without words, or words without digits, may hide a secret."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MissedSpeechOptions:
    """Where to look (phases), what is no speech understood (silences), what is no answer understood (answers).

    Times are in ms. All of it was tried together on the synthetic development calls (docs/performance.md); no value was
    measured alone.
    """

    asked_ms: int = 40_000
    """After a question: how long its answer may be missed in. A judgement."""
    named_ms: int = 20_000
    """After a card was only named: half as long, since no number was asked for."""
    before_secret_ms: int = 15_000
    """Before a secret that was found: its first digits may have been missed. A judgement."""
    after_secret_ms: int = 15_000
    """After a secret that was found: its last digits, expiry and code follow. A judgement."""

    shortest_ms: int = 600
    """The least wordless time that counts, as two digits take. 450 at first, raised on the development calls."""
    word_margin_ms: int = 150
    """Beside a word that is still the word, about the error of its times. 200 at first."""
    number_before_ms: int = 300
    """The same before a number that stays."""
    number_after_ms: int = 1_500
    """After a number that stays: the times of written numbers are shorter than it takes to say them."""
    silence_end_ms: int = 2_500
    """Of a silence without a voice only so much at each end is covered: holds are silent. A judgement."""
    voiced_before_ms: int = 400
    """Covered before wordless time with a voice in a phase: the times of the word before reach into what was lost."""
    voice_gap_ms: int = 600
    """Between stretches of voice that are one. A judgement: the pause between groups of digits."""
    voice_margin_ms: int = 500
    """Covered beside a voice outside the phases, as beside a secret at `entireRegion`."""
    lost_least_ms: int = 2_500
    """A wordless gap near a phase of at least so much is a lost sentence rather than a pause."""
    lost_most_ms: int = 15_000
    """A longer one is a hold, in which nobody speaks. A judgement."""
    nearby_ms: int = 20_000
    """How near to a phase such a gap is: the question itself may be what was lost. A judgement."""
    word_ms: int = 400
    """The longest time that a word is believed to take, beside that of its letters: models stretch words over gaps."""
    letter_ms: int = 120
    """The same for each of its letters, slow speech. Both are judgements."""
    own_within_ms: int = 1_500
    """After a question for a detail: in which its own speaker goes on with it, "is it still ...". A judgement."""
    part_within_ms: int = 3_000
    """Before a number: in which its first digits are looked for that nobody recognised, as long as ten take."""
    looped_parts: int = 5
    """Parts of `X-X-X-X-X` that are a loop of the model rather than something spelt; names have fewer. A judgement."""

    answer_within_ms: int = 8_000
    """After a question: until its answer begins. A judgement: people look for their card, then say so."""
    talked_over_ms: int = 200
    """Before a question ends: from when on words of the other side answer it: people interrupt. A judgement."""
    longest_answer_ms: int = 15_000
    """The longest answer that is covered: a card is dictated in less. A judgement."""
    longest_answer_words: int = 25
    """The same in words: 16 digits with words between. Lone letters do not count, models loop on them."""
    aside_words: int = 14
    """Words that the asker adds before the answer; after more the question is another one. A judgement."""
    answer_pause_ms: int = 2_500
    """A pause that ends an answer: what follows answers something else. As a lost sentence."""
    answer_margin_ms: int = 300
    """Covered beside an answer that was not understood: its words are guesses, and so are their times."""
    resumed_words: int = 2
    """Words of the asker ("okay", "mm-hm") that do not end an answer; the next one does. A judgement."""
    by_asker_within: int = 6
    """Words and marks behind a cue in which its own speaker says the digits, so that it asks for none. A judgement."""
    whole_answer: int = 3
    """Digits of an answer in which none can be missing, where it is not known how many were asked for: a code has 3."""
    whole_joint_answer: int = 6
    """The same where the date and the code of a card were asked for at once."""
    whole_card_answer: int = 12
    """The same of a card: the shortest has 12."""
    whole_social_answer: int = 7
    """The same of a social security number: two of nine may be lost. A judgement."""

    late_card_digits: int = 8
    """Digits of a part of a card number behind which its date and its code may come unannounced. A judgement."""
    late_within_ms: int = 90_000
    """ms after it in which they do: something else is asked for in between. A judgement."""
    goes_on_ms: int = 8_000
    """ms behind it in which they come from the same side without a question: "and it's 1127, and 181 on the back"."""

    stretch_gap_ms: int = 4_000
    """ms between words with figures that are one stretch, as between secrets that become one region."""
    stretch_gap_words: int = 3
    """Words between them: "fifty eight sixty three, and then it says". A judgement."""
    stretch_margin_ms: int = 500
    """Covered beside a stretch, as beside a secret at `entireRegion`."""
    least_card_stretch: int = 8
    """Digits of a stretch that may be half a card: where nothing ordinary explains as many, little else has them."""
    least_lone_stretch: int = 13
    """The same in a call in which no card was understood: as many as a card but for two or three that were lost."""
    most_card_stretch: int = 60
    """More are a list of something: a card said twice with its date and its code has fewer."""
    least_social_stretch: int = 7
    """Digits of a social security number of which two were lost."""
    most_social_stretch: int = 11
    """Digits of one of which two were heard twice."""
    explained_ms: int = 60_000
    """ms before a stretch in which something else was asked for that it may be, as `CueLifetimes.ordinary`."""
    answered_digits: int = 3
    """Digits said since then that have answered it. A judgement."""
    longest_explained: int = 10
    """Digits of a document, a birthday or an order that was spoken of; a longer one was asked for as such."""
    whole_card_stretch: tuple[int, int] = (13, 20)
    """Digits of a stretch that is a whole card, however it was heard."""
    beyond_telephone: tuple[int, int] = (15, 19)
    """Digits of a card that no telephone number has, and two of them have more."""
    whole_social_stretch: tuple[int, int] = (9, 9)
    """The same of a social security number, which is told from a telephone by them."""
    again_ms: int = 30_000
    """ms after a secret in which to be asked for something again means the secret. A judgement."""
    other_words: int = 3
    """Words of the other side that may lie within a stretch; more are a question, whatever it is. A judgement."""
    part_digits: int = 4
    """Digits of "the last four" of something that was not understood."""
    date_beside: int = 4
    """Words in the sentence of a month and a year, the month included, that are all that is answered: "August 2032"."""
    bare_beside: int = 4
    """Words beside figures that are all that is answered: "Theresa Reynolds, and it's 3599". A judgement."""
    owed_beside: int = 8
    """The same where they have the form of what still goes with a card: "11/32, and on the front it's 279"."""
    part_beside: int = 3
    """Words in their sentence where nobody understood that they are asked for: "it's my husband's, 5696"."""
    run_together: int = 20
    """Digits of a word that are several numbers: no card has as many."""
    before_question_ms: int = 20_000
    """ms before a question for the date or the code of a card in which its number was given, however it was heard."""
    bent_words: int = 2
    """Words and marks beside figures that nothing explains in which one of their digits may have been bent."""
    bent_ms: int = 1_500
    """ms beside them in which such words stand. A judgement: longer pauses end a phrase."""
    told_words: int = 8
    """Words behind "and the code is" that may be it. A judgement."""
    told_pause_ms: int = 1_500
    """A pause behind which they are no more. A judgement: longer pauses end a phrase."""
    least_before_question: int = 6
    """Digits of what was said before a question for the date of a card that may be its number, some of it bent."""
    digits_an_aside: int = 3
    """Digits of it for each other word among them, at least: counts of things have a word each. A judgement."""
    longest_turn: int = 60
    """Words and marks of it: a card said digit by digit, with a comma behind each, and what leads to it."""
    words_before_other: int = 3
    """Words between digits and what names something else in one sentence, so that it does not name them."""
