"""Spanish as Latin Americans speak it, from letters to phonemes: enough for the words of the synthetic calls."""

from __future__ import annotations

import re

_VOWELS = "aeiouáéíóú"
_PLAIN = str.maketrans("áéíóúü", "aeiouu")
_RULES = (
    (r"ch", "ʧ"),
    (r"ll", "ʝ"),
    (r"qu(?=[eiéí])", "k"),
    (r"gu(?=[eiéí])", "ɡ"),
    (r"gü", "ɡw"),
    (r"g(?=[eiéí])", "x"),
    (r"g", "ɡ"),
    (r"c(?=[eiéí])", "s"),
    (r"c", "k"),
    (r"z", "s"),
    (r"ñ", "ɲ"),
    (r"v", "b"),
    (r"h", ""),
    (r"j", "x"),
    (r"rr|^r", "R"),
    (r"r", "ɾ"),
    (r"R", "r"),
    (r"y$", "i"),
    (r"y", "ʝ"),
    (r"x", "ks"),
)


def sounds_of(text: str) -> str:
    """Phonemes with stress marks; spaces and marks stay where they are."""
    return " ".join(_word(word) for word in text.lower().split())


def _word(written: str) -> str:
    word, mark = re.fullmatch(r"(.*?)([,.;:!?]*)", written).groups()  # type: ignore[union-attr]
    if word == "y":
        return f"i{mark}"
    nuclei = [match.start() for match in re.finditer(r"[aeoáéóíú]|[iu](?![aeoáéó])(?<![aeoáéó].)|[iu](?=$)", word)]
    nuclei = nuclei or [match.start() for match in re.finditer(rf"[{_VOWELS}]", word)]
    stressed = _stressed(word, nuclei)
    head, tail = (word[:stressed], word[stressed:]) if len(nuclei) > 1 else ("", word)
    sounds = f"{head}'{tail}" if head else word
    for pattern, sound in _RULES:
        sounds = re.sub(pattern, sound, sounds)
    return sounds.translate(_PLAIN).replace("'", "ˈ") + mark


def _stressed(word: str, nuclei: list[int]) -> int:
    accent = re.search(r"[áéíóú]", word)
    if accent:
        return accent.start()
    if len(nuclei) < 2:
        return nuclei[0] if nuclei else 0
    return nuclei[-2] if word[-1] in "aeiouns" else nuclei[-1]
