"""What callbacks of both dialects have in common: their method, their sections, their signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from voxport.core.codes import Code
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals

_METHODS = ("POST", "PUT")
_NOT_REDACTED = (
    "{path}: nothing in this configuration redacts audio, so there is no redacted audio to deliver. This delivery will "
    "be skipped; the recording is never sent in its place."
)


def chosen_method(written: str | None, refusals: Refusals) -> str:
    """`POST` where none is given; notes 60011 for what is neither that nor `PUT`, in any letter case."""
    method = "POST" if written is None else written.upper()
    if method not in _METHODS:
        refusals.add(Code.CALLBACK_METHOD_UNSUPPORTED, method=clip(written or ""))
    return method


def chosen_sections(
    names: Sequence[str],
    includable: Sequence[str],
    refusals: Refusals,
    *,
    earlier: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, ...] | None:
    """What `include` names, as `includable` spells it; None where it is absent. Notes 60003 for unknown names.

    `earlier`: names of old in small letters, and what they are called today.
    """
    if not names:
        return None
    known = {**earlier, **{name.lower(): name for name in includable}}
    chosen: dict[str, None] = {}
    for name in names:
        section = known.get(name.lower())
        if section is None:
            refusals.add(Code.CALLBACK_INCLUDE_UNKNOWN, value=clip(name), valid=", ".join(includable))
        else:
            chosen[section] = None
    return tuple(chosen)


def warn_of_nothing_redacted(path: Path, refusals: Refusals) -> None:
    """Notes that what stands at `path` asks for redacted audio where nothing redacts audio.

    The other deliveries are made; this one is recorded as skipped (`core/delivery_rules.py`).
    """
    refusals.warn(Code.CALLBACK_PROPERTY_UNUSED, _NOT_REDACTED, path=path)
