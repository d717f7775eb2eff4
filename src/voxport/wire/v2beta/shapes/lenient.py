"""Values that clients of v2-beta write as text too, `"true"` and `"270"`: its own guide has `voiceFeatures` so.

Source: docs/contract/v2-beta.md section 2. In v3 a text is no number and no truth value.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from voxport.wire.reading.shapes import Whole

_FLAGS = {"true": True, "false": False}
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")


def flag(value: object) -> object:
    """True or false for the text that says so, in any letter case; every other value as it is."""
    return _FLAGS.get(value.lower(), value) if isinstance(value, str) else value


def _number(value: object) -> object:
    return float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


LenientFlag = Annotated[bool, BeforeValidator(flag)]
"""True or false."""
LenientNumber = Annotated[float, BeforeValidator(_number)]
"""A number."""
LenientWhole = Annotated[Whole, BeforeValidator(_number)]
"""A whole number."""
