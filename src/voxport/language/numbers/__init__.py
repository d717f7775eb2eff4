"""Spoken numbers: a reader of digits and amounts as people say them and as recognisers write them, with times.

`reading.read_runs` finds stretches of digits; `quantities.read_quantities` says what a stretch means (an amount, a
date, a phone number). Neither judges whether a number is a secret.
"""

from __future__ import annotations

from voxport.language.numbers.quantities import Kind, Quantity, read_quantities
from voxport.language.numbers.reading import Digit, Group, NumberRun, read_runs

__all__ = ["Digit", "Group", "Kind", "NumberRun", "Quantity", "read_quantities", "read_runs"]
