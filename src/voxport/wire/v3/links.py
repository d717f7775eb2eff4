"""HAL links of v3: relative, from the root of the server (docs/contract/v3-endpoints.md section 1)."""

from __future__ import annotations

from uuid import UUID

from voxport.wire.writing.links import Link, path_of, self_link

ROOT_HREF = "/v3/"
MEDIA_HREF = "/v3/media"
DELIVERIES_HREF = "/v3/deliveries"
ENDPOINTS_HREF = "/v3/endpoints"
KEYS_HREF = "/v3/profile/keys"
USAGE_HREF = "/v3/usage"
SPECIFICATION_HREF = "/v3/defs/v3-api.yaml"
SWAGGER_HREF = "/v3/defs/v3-api-swagger2.yaml"


def media_href(media_id: UUID, *below: str) -> str:
    """The path of a media or of what lies below it, each segment percent-encoded."""
    return path_of(f"{MEDIA_HREF}/{media_id}", *below)


def delivery_href(delivery_id: UUID, *below: str) -> str:
    """The path of a delivery or of what can be done with it."""
    return path_of(f"{DELIVERIES_HREF}/{delivery_id}", *below)


def waiting_links(media_id: UUID) -> dict[str, Link]:
    """Links of a media that has no result (accepted, on its way, or failed)."""
    href = media_href(media_id)
    return {
        **self_link(href),
        "progress": {"href": f"{href}/progress"},
        "metadata": {"href": f"{href}/metadata"},
    }


def finished_links(media_id: UUID) -> dict[str, Link]:
    """Links of a finished media, as a real answer has them."""
    href = media_href(media_id)
    links = self_link(href)
    links["metadata"] = {"href": f"{href}/metadata"}
    links["transcript"] = {"href": f"{href}/transcript"}
    for name in ("text", "srt", "dfxp", "webvtt"):
        links[name] = {"href": f"{href}/transcript/{name}"}
    links["streams"] = {"href": f"{href}/streams"}
    return links


def encrypted_links(media_id: UUID, *, finished: bool) -> dict[str, Link]:
    """Links of a media that is encrypted with a key of the client's: what else there is answers 404."""
    href = media_href(media_id)
    if not finished:
        return {**self_link(href), "progress": {"href": f"{href}/progress"}}
    return {
        **self_link(href),
        "encrypted": {"href": f"{href}/encrypted"},
        "streams": {"href": f"{href}/streams"},
    }


def metadata_links(media_id: UUID) -> dict[str, Link]:
    return self_link(media_href(media_id, "metadata"))
