"""Deliveries for people: a table on a terminal, lines with tabs for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

COLUMNS = ("delivery", "created", "status", "what", "address", "tries", "last word")
ATTEMPT_COLUMNS = ("try", "time", "cause", "answer", "ms", "bytes", "error")


def show_list(deliveries: Sequence[dict[str, Any]]) -> None:
    """One row a delivery: id, creation, status, type, address, number of attempts, reason or last error."""
    _show(COLUMNS, [_row(delivery) for delivery in deliveries])


def show_one(delivery: dict[str, Any]) -> None:
    """Everything about one delivery, then its attempts."""
    facts = [
        (name, _fact(delivery[key]))
        for name, key in (
            ("delivery", "deliveryId"),
            ("media", "mediaId"),
            ("external id", "externalId"),
            ("role", "role"),
            ("address", "address"),
            ("reason", "reason"),
            ("created", "dateCreated"),
            ("ended", "dateEnded"),
            ("next try", "nextAttempt"),
            ("replays", "replays"),
        )
        if key in delivery
    ]
    facts[2:2] = [("what", _what(delivery)), ("status", _status(delivery))]
    if "held" in delivery:
        held = delivery["held"]
        facts.append(("held", f"{held['endpoint']} is paused. {held.get('reason', '')}".rstrip()))
        facts += [("next probe", _time(held["nextProbe"]))] if "nextProbe" in held else []
    for name, value in facts:
        sys.stdout.write(f"{name}\t{value}\n" if not sys.stdout.isatty() else f"{name + ':':<13}{value}\n")
    _show(ATTEMPT_COLUMNS, [_attempt(attempt) for attempt in delivery["attempts"]])


def _show(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    if sys.stdout.isatty():
        table = Table(*columns)
        for row in rows:
            table.add_row(*row)
        Console(highlight=False, markup=False).print(table)
        return
    for row in rows:
        sys.stdout.write("\t".join(" ".join(field.split()) for field in row) + "\n")


def _row(delivery: dict[str, Any]) -> tuple[str, ...]:
    last = delivery.get("lastAttempt", {})
    word = delivery.get("reason") or delivery.get("held", {}).get("reason") or last.get("error") or ""
    attempts = str(last.get("number", 0))
    address = delivery["address"]
    return (
        delivery["deliveryId"],
        _time(delivery["dateCreated"]),
        _status(delivery),
        _what(delivery),
        address,
        attempts,
        word,
    )


def _attempt(attempt: dict[str, Any]) -> tuple[str, ...]:
    return (
        str(attempt["number"]),
        _time(attempt["time"]),
        attempt["cause"],
        str(attempt.get("status", "none")),
        str(attempt["durationMs"]),
        str(attempt["bytes"]),
        attempt.get("error", ""),
    )


def _status(delivery: dict[str, Any]) -> str:
    return f"{delivery['status']}, held" if "held" in delivery else str(delivery["status"])


def _what(delivery: dict[str, Any]) -> str:
    parts = (delivery["type"], delivery.get("format"), delivery.get("stream"))
    return " ".join(part for part in parts if part)


def _fact(value: object) -> str:
    text = str(value)
    return _time(text) if text.endswith("Z") and text[4:5] == "-" else text


def _time(written: str) -> str:
    """`2031-02-03T04:05:06.789Z` as `2031-02-03 04:05:06`, UTC."""
    return written[:19].replace("T", " ")
