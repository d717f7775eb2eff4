"""What was processed, as it is counted: minutes and calls of each product on each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voxport.core.plan import Plan


class Product(StrEnum):
    """What a finished run is counted for; its value is stored. A run may count for several."""

    TRANSCRIPTION = "transcription"
    """The recording was recognised: its first run, or one after that failed."""
    REPROCESSING = "reprocessing"
    """It was processed again without being recognised again."""
    ALIGNMENT = "alignment"
    """A corrected transcript was laid on its sound."""
    ANALYTICS = "analytics"
    """Something was asked of analysis, voice features included."""
    REDACTION = "redaction"
    """Detectors were asked for."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What was processed of one product on one day, or in one month."""

    day: date
    """By UTC, when runs finished; of a month its first."""
    product: Product
    milliseconds: int
    """Length of the recordings, one for each run."""
    calls: int
    """Finished runs."""


def products_of(plan: Plan, run: int) -> Sequence[Product]:
    """What that run of a media counts for once it has finished, in the order of `Product`."""
    counted = {
        Product.TRANSCRIPTION: run == 1 or plan.before is None,
        Product.REPROCESSING: run > 1 and plan.before is not None,
        Product.ALIGNMENT: plan.aligns,
        Product.ANALYTICS: plan.analyses,
        Product.REDACTION: bool(plan.detectors),
    }
    return [product for product, counts in counted.items() if counts]
