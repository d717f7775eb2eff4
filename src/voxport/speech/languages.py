"""From the language codes of a request (`en-UK`, `es-LA`) to those of the model (`en`, `es`)."""

from __future__ import annotations

from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.language_code import LanguageCode

_RENAMED = {"nb": "no", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh"}
"""Codes that the model knows under another name; everything else is the part before the region."""


def model_language(code: str) -> str:
    """The model's code for a request's language: `en-US` -> `en`, `pt-BR` -> `pt`, `nb-NO` -> `no`."""
    primary = LanguageCode.parse(code).language
    return _RENAMED.get(primary, primary)


def not_spoken(code: str) -> MediaFailed:
    """The failure of a media whose language the loaded model does not know (code 10401)."""
    return MediaFailed(Problem.of(Code.LANGUAGE_UNSUPPORTED_BY_ENGINE, language=code))
