"""What a key may do: `resource:verb?filter`, as in `media:get?externalId=call-17`; several stand beside each other.

Source: docs/contract/v3-endpoints.md section 6, whose only example is `media:get?extendedFilter=speakers:agent`. Scopes
with a space between them are OAuth's form (RFC 6749 section 3.3). What a scope does not name, it does not allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

ANY = "*"
VERBS = ("get", "post", "put", "delete")
"""Methods of HTTP; a HEAD is a get."""
OF_ONE_MEDIA = (
    "media",
    "transcript",
    "keywords",
    "topics",
    "streams",
    "metadata",
    "progress",
    "deliveries",
    "retention",
    "encrypted",
)
"""`media`, and what lies below one: a filter may stand with these."""
RESOURCES = (*OF_ONE_MEDIA, "endpoints", "definitions", "analytics", "security", "usage", "index")
"""What a scope may name. Keys and users are not among them: no key makes keys."""
MAX_CHARACTERS = 4000
MAX_PERMISSIONS = 100
"""Both of one scope."""


@dataclass(frozen=True, slots=True)
class MediaCondition:
    """The only media that something is about; all that is given holds together."""

    media_id: UUID | None = None
    """None: any will do."""
    external_id: str | None = None
    """`externalId` of the metadata; None: any will do."""
    extended: tuple[tuple[str, str], ...] = ()
    """Names of `extended` of the metadata with the text that each has to have."""

    def holds(self, media_id: UUID, metadata: Mapping[str, Any]) -> bool:
        """Whether that media is one of them."""
        if self.media_id not in (None, media_id):
            return False
        if self.external_id is not None and metadata.get("externalId") != self.external_id:
            return False
        extended = metadata.get("extended")
        found = extended if isinstance(extended, Mapping) else {}
        return all(found.get(name) == value for name, value in self.extended)


@dataclass(frozen=True, slots=True)
class Permission:
    """One `resource:verb?filter`."""

    resource: str
    """One of `RESOURCES`, or `ANY`."""
    verb: str
    """One of `VERBS`, or `ANY`."""
    only: MediaCondition | None = None
    """The media it is for; None: all of the organisation."""

    def allows(self, resources: Sequence[str], verb: str) -> bool:
        """Whether it is for `verb` on something that goes by any of the names `resources`."""
        return self.verb in (ANY, verb) and (self.resource == ANY or self.resource in resources)


@dataclass(frozen=True, slots=True)
class Scope:
    """All that a key may do."""

    permissions: tuple[Permission, ...]

    @property
    def names_media(self) -> bool:
        """Whether all that it allows is about media that it names: it may stand where others read it."""
        return all(one.only is not None for one in self.permissions)

    def reach(self, resources: Sequence[str], verb: str) -> tuple[MediaCondition, ...] | None:
        """For which media it allows `verb` on `resources`: those of any condition, () for none; None: for all."""
        found = [one.only for one in self.permissions if one.allows(resources, verb)]
        return None if None in found else tuple(one for one in found if one is not None)


def playing(media_ids: Sequence[UUID]) -> Scope:
    """The scope of a token that may play these media and do nothing else."""
    return Scope(tuple(Permission("streams", "get", MediaCondition(one)) for one in media_ids))


def written(scope: Scope) -> str:
    """The text of a scope that `playing` made."""
    return " ".join(f"{one.resource}:{one.verb}?mediaId={one.only.media_id}" for one in scope.permissions if one.only)


def parse_scope(text: str) -> Scope:
    """Raises ValueError whose text says what is wrong, without a value of `text`: that may be anything."""
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"it has more than {MAX_CHARACTERS} characters")
    parts = text.split()
    if not 0 < len(parts) <= MAX_PERMISSIONS:
        raise ValueError(f"it must have 1 to {MAX_PERMISSIONS} parts of the form resource:verb?filter")
    return Scope(tuple(_permission(part, f"part {number} of it") for number, part in enumerate(parts, 1)))


def _permission(text: str, part: str) -> Permission:
    named, asks, query = text.partition("?")
    resource, _, verb = named.partition(":")
    if resource not in (*RESOURCES, ANY):
        raise ValueError(f"{part} has no resource that there is: {', '.join(RESOURCES)} or {ANY}")
    if verb not in (*VERBS, ANY):
        raise ValueError(f"{part} has no verb that there is: {', '.join(VERBS)} or {ANY}")
    if asks and resource not in OF_ONE_MEDIA:
        raise ValueError(f"{part} has a filter, which only these can have: {', '.join(OF_ONE_MEDIA)}")
    return Permission(resource, verb, _condition(query, part) if asks else None)


def _condition(query: str, part: str) -> MediaCondition:
    wrong = f"{part} needs a filter as mediaId=ID, externalId=TEXT or extendedFilter=NAME:TEXT, percent-encoded"
    try:
        pairs = parse_qsl(query, strict_parsing=True, keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise ValueError(wrong) from None
    extended = tuple(sorted((*_name_and_text(value, wrong),) for name, value in pairs if name == "extendedFilter"))
    single = {name: value for name, value in pairs if name != "extendedFilter"}
    once = len(single) + len(extended) == len(pairs)
    empty = not pairs or any(not value or "\0" in name + value for name, value in pairs)
    if empty or not once or not single.keys() <= {"mediaId", "externalId"}:
        raise ValueError(wrong)
    try:
        media_id = UUID(single["mediaId"]) if "mediaId" in single else None
    except ValueError:
        raise ValueError(wrong) from None
    return MediaCondition(media_id, single.get("externalId"), extended)


def _name_and_text(value: str, wrong: str) -> tuple[str, str]:
    name, colon, text = value.partition(":")
    name = name.removeprefix("extended.")
    if not (name and colon and text):
        raise ValueError(wrong)
    return name, text
