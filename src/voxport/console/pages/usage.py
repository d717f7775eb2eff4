"""Usage: minutes and calls, day by day of a month, as a plot, a table and CSV."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Question

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


async def show(page: Page) -> Response:
    """One month; this one unless another is asked for."""
    year, month = _month(page)
    days = (await page.get(f"/v3/usage/daily/{year}/{month}"))["months"]
    months = [_written(one["monthName"]) for one in (await page.get("/v3/usage/months"))["months"]]
    chosen = f"{year}-{month}"
    products = sorted({one["productName"] for one in days})
    values = {"days": days, "month": chosen, "products": products}
    return await page.render("usage.html", {**values, "months": sorted({*months, chosen}, reverse=True)})


async def table(page: Page) -> Response:
    """The same month as CSV."""
    year, month = _month(page)
    found = await page.answer(Question("GET", f"/v3/usage/daily/{year}/{month}/csv"))
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="usage-{year}-{month}.csv"',
    }
    return Response(found.content, headers=headers)


def _month(page: Page) -> tuple[str, str]:
    asked = page.asked("month")
    found = _MONTH.fullmatch(asked or f"{datetime.now(UTC):%Y-%m}")
    if found is None:
        raise ApiRefused(400, 0, "A month is written as 2031-02.")
    return found[1], found[2]


def _written(name: str) -> str:
    """`2031-02` of `Feb 2031`."""
    return f"{datetime.strptime(name, '%b %Y').replace(tzinfo=UTC):%Y-%m}"
