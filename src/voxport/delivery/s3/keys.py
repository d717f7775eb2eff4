"""Under which key an object is stored by role: the operator's template, and two callbacks that would be one object.

Nothing public says what follows the folder (docs/contract/open-questions.md 1); the default is `<mediaId>.json`,
`<mediaId>.transcript.<extension>` and `<mediaId>.<stream>.<extension>`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from uuid import UUID

from voxport.core.plan import CallbackPlan, CallbackType, TextFormat

DEFAULT_TEMPLATE = "{name}.{extension}"
PLACEHOLDERS = ("mediaId", "externalId", "type", "name", "extension", "date")
_TELLS_MEDIA_APART = frozenset({"mediaId", "name"})
_TEXT_EXTENSIONS = {
    TextFormat.JSON: "json",
    TextFormat.TEXT: "txt",
    TextFormat.SRT: "srt",
    TextFormat.WEBVTT: "vtt",
    TextFormat.DFXP: "dfxp",
}
_MAX_KEY_BYTES = 1024
_MAX_EXTERNAL_CHARS = 200


@dataclass(frozen=True, slots=True)
class KeyOf:
    """What goes into the keys of a media's objects."""

    media_id: UUID
    created: date
    """The day on which the media was posted, in UTC."""
    external_id: str | None
    """`externalId` of its metadata; without one the media's id stands for it."""
    extensions: dict[str, str]
    """File extensions of its streams by name (`original`: `wav`)."""


@dataclass(frozen=True, slots=True)
class KeyTemplate:
    """How keys are made; `read` makes it of text."""

    written: str = DEFAULT_TEMPLATE
    """`{date}/{name}.{extension}` and the like, of `PLACEHOLDERS`."""

    @classmethod
    def read(cls, written: str) -> KeyTemplate:
        """Raises ValueError with what is wrong, fit for the operator."""
        try:
            fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(written)]
        except ValueError as error:
            raise ValueError(f"not a template: {error}") from None
        names = {name for name, _, _ in fields if name is not None}
        if names - set(PLACEHOLDERS) or any(spec or conversion for _, spec, conversion in fields):
            raise ValueError(f"the placeholders are {', '.join('{' + name + '}' for name in PLACEHOLDERS)}")
        if not names & _TELLS_MEDIA_APART:
            raise ValueError("without {mediaId} or {name} one recording would overwrite the other")
        if written.startswith("/") or any(part in ("", ".", "..") for part in written.split("/")):
            raise ValueError("a key has no empty folder, and none called . or ..")
        return cls(written)

    def key(self, of: KeyOf, callback: CallbackPlan) -> str:
        """Without the folder. The same for every attempt."""
        extension = _extension(of, callback)
        external = re.sub(r"[^\w.@+-]", "_", of.external_id or "")[:_MAX_EXTERNAL_CHARS].strip(".")
        return self.written.format(
            mediaId=of.media_id,
            externalId=external or of.media_id,
            type=callback.type.value,
            name=_name(of, callback),
            extension=extension,
            date=f"{of.created:%Y-%m-%d}",
        )


def object_key(template: KeyTemplate, of: KeyOf, callbacks: Sequence[CallbackPlan], position: int) -> str:
    """The key of the callback at `position`, below its folder; raises ValueError for one longer than S3 takes.

    Where callbacks before it have taken the same address, its number in the list is added before the extension:
    `<mediaId>.2.json`. So each is an object of its own, and each attempt overwrites its own object.
    """
    taken: set[tuple[str, str]] = set()
    for number, callback in enumerate(callbacks[: position + 1], start=1):
        if callback.role is None:
            continue
        key = plain = "/".join(part for part in (callback.role.prepend_folder, template.key(of, callback)) if part)
        place = callback.url.rstrip("/")
        while (place, key) in taken:
            stem, dot, extension = plain.rpartition(".")
            key = f"{stem}.{number}{dot}{extension}" if dot and "/" not in extension else f"{plain}.{number}"
            number += len(callbacks)
        taken.add((place, key))
    if len(key.encode()) > _MAX_KEY_BYTES:
        raise ValueError(f"the object's key would be longer than the {_MAX_KEY_BYTES} bytes that S3 takes")
    return key


def _name(of: KeyOf, callback: CallbackPlan) -> str:
    match callback.type:
        case CallbackType.TRANSCRIPT:
            return f"{of.media_id}.transcript"
        case CallbackType.MEDIA:
            return f"{of.media_id}.{callback.stream or 'original'}"
        case _:
            return str(of.media_id)


def _extension(of: KeyOf, callback: CallbackPlan) -> str:
    extension = _clear_extension(of, callback)
    return f"{extension}.pgp" if callback.encrypted else extension


def _clear_extension(of: KeyOf, callback: CallbackPlan) -> str:
    match callback.type:
        case CallbackType.TRANSCRIPT:
            return _TEXT_EXTENSIONS[callback.format or TextFormat.JSON]
        case CallbackType.MEDIA:
            return of.extensions.get(callback.stream or "original", "bin")
        case _:
            return "json"
