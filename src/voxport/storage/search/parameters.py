"""The values of one statement, which reach the database apart from its text."""

from __future__ import annotations

from typing import Any


class Parameters:
    """Gives each value a name of its own; the same value has the same name."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        """By name, for the driver."""
        self._names: dict[tuple[type, object], str] = {}

    def add(self, value: Any, type_name: str) -> str:
        """The SQL of a value of that type of PostgreSQL."""
        key = (type(value), str(value))
        name = self._names.setdefault(key, f"v{len(self._names)}")
        self.values[name] = value
        return f"CAST(:{name} AS {type_name})"

    def text(self, value: str) -> str:
        """The SQL of a text."""
        return self.add(value, "text")
