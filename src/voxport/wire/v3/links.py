"""HAL links of v3: relative, from the root of the server (v3-endpoints.md section 1)."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

Links = dict[str, dict[str, str]]

ROOT_HREF = "/v3/"
MEDIA_HREF = "/v3/media"
DELIVERIES_HREF = "/v3/deliveries"
ENDPOINTS_HREF = "/v3/endpoints"
SPECIFICATION_HREF = "/v3/defs/v3-api.yaml"


def media_href(media_id: UUID, *below: str) -> str:
    """The path of a media or of what lies below it, each segment percent-encoded."""
    return "/".join((MEDIA_HREF, str(media_id), *(quote(segment, safe="") for segment in below)))


def delivery_href(delivery_id: UUID, *below: str) -> str:
    """The path of a delivery or of what can be done with it."""
    return "/".join((DELIVERIES_HREF, str(delivery_id), *below))


def self_link(href: str) -> Links:
    return {"self": {"href": href}}


def waiting_links(media_id: UUID) -> Links:
    """Links of a media that has no result (accepted, on its way, or failed)."""
    return {
        **self_link(media_href(media_id)),
        "progress": {"href": media_href(media_id, "progress")},
        "metadata": {"href": media_href(media_id, "metadata")},
    }


def finished_links(media_id: UUID) -> Links:
    """Links of a finished media, as a real answer has them."""
    links = self_link(media_href(media_id))
    links["metadata"] = {"href": media_href(media_id, "metadata")}
    links["transcript"] = {"href": media_href(media_id, "transcript")}
    for name in ("text", "srt", "dfxp", "webvtt"):
        links[name] = {"href": media_href(media_id, "transcript", name)}
    links["streams"] = {"href": media_href(media_id, "streams")}
    return links


def metadata_links(media_id: UUID) -> Links:
    return self_link(media_href(media_id, "metadata"))
