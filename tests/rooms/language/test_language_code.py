"""A language code in its parts, whatever its spelling."""

from __future__ import annotations

import pytest

from voxport.core.language_code import LanguageCode


@pytest.mark.parametrize("text", ["en-US", "en_US", "EN-us"])
def test_spelling_does_not_matter(text: str) -> None:
    assert LanguageCode.parse(text) == LanguageCode("en", "US")
    assert str(LanguageCode.parse(text)) == "en-US"


def test_a_region_may_be_missing() -> None:
    assert LanguageCode.parse("es") == LanguageCode("es", "")
    assert str(LanguageCode.parse("es")) == "es"


def test_any_text_can_be_taken_apart() -> None:
    assert LanguageCode.parse("zh-Hant-TW") == LanguageCode("zh", "HANT-TW")
    assert LanguageCode.parse("") == LanguageCode("", "")
