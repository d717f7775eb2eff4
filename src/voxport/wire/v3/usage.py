"""Usage on the wire: by month and by day, as JSON and as CSV (docs/contract/v3-endpoints.md section 6).

Nothing is billed here: prices and amounts are 0. The quantity is minutes; `calls` is ours.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from typing_extensions import TypedDict

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.usage import Product, Usage
from voxport.wire.v3.links import USAGE_HREF
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Long, open_ended

CSV = "text/csv; charset=utf-8"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As the wire names them, whatever the locale of the server."""
_NAMES = {product: product.value.capitalize() for product in Product}
_UNIT = "minutes"
_TIER = "self-hosted"


@open_ended
class VbProductMonthlyUsage(TypedDict):
    """What was processed of one product in one month."""

    monthName: str
    """`Feb 2031`"""
    productId: str
    productName: str
    tierLevel: str
    unitPrice: float
    """0: nothing is billed"""
    billedQuantity: float
    """Minutes, to a thousandth"""
    billingUnit: str
    billedAmount: float
    """0: nothing is billed"""
    calls: Long
    """Finished runs"""


@open_ended
class VbProductDailyUsage(VbProductMonthlyUsage):
    """What was processed of one product on one day."""

    monthDay: str
    """`Feb 03, 2031`"""


@open_ended
class VbMonthlyUsage(TypedDict):
    _links: Links
    accountId: str
    months: list[VbProductMonthlyUsage]


@open_ended
class VbDailyUsage(TypedDict):
    _links: Links
    accountId: str
    months: list[VbProductDailyUsage]


@open_ended
class VbAvailableMonth(TypedDict):
    monthName: str
    """`Feb 2031`"""


@open_ended
class VbAvailableMonths(TypedDict):
    _links: Links
    accountId: str
    months: list[VbAvailableMonth]
    """Those in which something finished, oldest first"""


def parse_month(year: str, month: str) -> date:
    """The first day of the month of a path; raises RequestRefused 10011."""
    if not re.fullmatch("[0-9]{4}", year) or int(year) == 0 or not re.fullmatch("0?[1-9]|1[0-2]", month):
        message = "The address must end in a year of four digits and a month from 1 to 12."
        raise RequestRefused(Problem(Code.QUERY_PARAMETER_INVALID, message))
    return date(int(year), int(month), 1)


def months_body(account_id: UUID, months: Sequence[date]) -> VbAvailableMonths:
    """The months that there is something to say of."""
    return {
        "_links": self_link(f"{USAGE_HREF}/months"),
        "accountId": str(account_id),
        "months": [{"monthName": _month_name(one)} for one in months],
    }


def monthly_body(account_id: UUID, month: date, found: Sequence[Usage]) -> VbMonthlyUsage:
    """One month, product by product."""
    links = self_link(f"{USAGE_HREF}/monthly/{month.year:04}/{month.month}")
    return {"_links": links, "accountId": str(account_id), "months": [_monthly(one) for one in found]}


def daily_body(account_id: UUID, month: date, found: Sequence[Usage]) -> VbDailyUsage:
    """One month, day by day; the wire calls this list `months` too."""
    links = self_link(f"{USAGE_HREF}/daily/{month.year:04}/{month.month}")
    return {"_links": links, "accountId": str(account_id), "months": [_daily(one) for one in found]}


def monthly_csv(found: Sequence[Usage]) -> bytes:
    """As `monthly_body`; the names of its fields are the header (docs/contract/open-questions.md 52)."""
    return _csv(list(VbProductMonthlyUsage.__annotations__), [_monthly(one) for one in found])


def daily_csv(found: Sequence[Usage]) -> bytes:
    """As `daily_body`, with `monthDay` first."""
    return _csv(["monthDay", *VbProductMonthlyUsage.__annotations__], [_daily(one) for one in found])


def _csv(names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    written = io.StringIO()
    table = csv.DictWriter(written, names)
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def _daily(one: Usage) -> VbProductDailyUsage:
    return {**_monthly(one), "monthDay": f"{_MONTHS[one.day.month - 1]} {one.day.day:02}, {one.day.year:04}"}


def _monthly(one: Usage) -> VbProductMonthlyUsage:
    return {
        "monthName": _month_name(one.day),
        "productId": one.product.value,
        "productName": _NAMES[one.product],
        "tierLevel": _TIER,
        "unitPrice": 0.0,
        "billedQuantity": round(one.milliseconds / 60_000, 3),
        "billingUnit": _UNIT,
        "billedAmount": 0.0,
        "calls": one.calls,
    }


def _month_name(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year:04}"
