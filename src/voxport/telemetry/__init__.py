"""Logs. Knows which fields are personal or secret, and lets none of them through."""

from __future__ import annotations

from voxport.telemetry.logs import configure_logging
from voxport.telemetry.privacy import scrub_text, scrub_value

__all__ = ["configure_logging", "scrub_text", "scrub_value"]
