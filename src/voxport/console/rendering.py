"""Templates and what they are given: everything that is written into a page is escaped, whoever wrote it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from voxport import __version__
from voxport.console.assets import Assets
from voxport.console.remedies import remedy
from voxport.console.shown_metrics import DESCRIPTIONS, shown_metric

_PACKAGE = "voxport.console"


class Templates:
    """The templates of this room, compiled once."""

    def __init__(self, assets: Assets) -> None:
        self._environment = Environment(
            loader=PackageLoader(_PACKAGE, "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters |= {
            "moment": shown_moment,
            "clock": shown_clock,
            "fine_clock": shown_fine_clock,
            "size": shown_size,
            "pretty": shown_json,
            "remedy": remedy,
            "metric": lambda one: shown_metric(one["metricName"], one["metricValue"]),
            "metric_described": lambda one: DESCRIPTIONS.get(one["metricName"], ""),
            "segment": lambda name: quote(str(name), safe=""),
        }
        self._environment.globals |= {"asset": assets.path, "version": __version__}

    def render(self, template: str, values: Mapping[str, object]) -> str:
        return self._environment.get_template(template).render(values)

    def nonce(self) -> str:
        """For the style sheets of one page."""
        return secrets.token_urlsafe(16)


def shown_moment(written: str | None) -> Markup:
    """A time of the API (`2031-02-03T04:05:06.789Z`) as people read it, in UTC; what it is elsewhere, scripts say."""
    if not written:
        return Markup("-")
    moment = datetime.fromisoformat(written).astimezone(UTC)
    shown = Markup('<time datetime="{}"><span>{:%Y-%m-%d}</span> <span>{:%H:%M:%S} UTC</span></time>')
    return shown.format(written, moment, moment)


def shown_clock(milliseconds: float | None) -> str:
    """A place in a recording: `1:02:03` or `2:03`."""
    if milliseconds is None:
        return "-"
    minutes, seconds = divmod(int(milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def shown_fine_clock(milliseconds: float) -> str:
    """A place in a recording to the tenth of a second: `1:02:03.4` or `2:03.4`."""
    tenths = round(milliseconds / 100)
    return f"{shown_clock(tenths * 100)}.{tenths % 10}"


def shown_size(size_bytes: float) -> str:
    """`1.5 MB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if size_bytes < 1000 or unit == "GB":
            break
        size_bytes /= 1000
    return f"{size_bytes:.0f} {unit}" if unit == "B" else f"{size_bytes:.1f} {unit}"


def shortened(text: str, most: int) -> str:
    """`text` with at most so many characters: a customer may call a call by a whole book."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shown_json(value: object) -> str:
    """A JSON document, indented."""
    return json.dumps(value, indent=2, ensure_ascii=False)
