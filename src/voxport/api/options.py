"""What an operator may set about the API."""

from __future__ import annotations

from dataclasses import dataclass, field

from voxport.core.submission import MAX_UPLOAD_S
from voxport.outbound.networks import Network
from voxport.search.limits import StatementLimits
from voxport.wire.reading.callback_urls import SECOND_ROUND_S
from voxport.wire.v3.stream_links import LIFETIME_S

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What a search may cost."""

    timeout_s: float = 0.9
    """Time that the database has for one; then it is refused."""
    at_once: int = 4
    """Searches of one server process at once, half of them of one organisation; others wait."""
    waiting: int = 50
    """Searches of one organisation that wait for those, at most; further ones are refused."""
    statements: StatementLimits = field(default_factory=StatementLimits)
    """How much a statement may ask."""


@dataclass(frozen=True, slots=True)
class ApiOptions:
    """Limits on requests, and what callbacks and media URLs may be."""

    link_key: bytes = field(repr=False)
    """32 secret bytes that sign the links to recordings; every server of one installation has the same."""
    max_upload_bytes: int = 4096 * _MIB
    """Largest `media` part (10800)."""
    allow_http: bool = False
    """Whether callbacks and media URLs may be plain http."""
    allow_networks: tuple[Network, ...] = ()
    """Networks that are not public and may be named in callbacks all the same; those that deliver know the same."""
    allow_origins: tuple[str, ...] = ()
    """Origins (https://pages.example.com) whose pages browsers let call this API; `*`: of all; none: of no other."""
    second_round_s: float = SECOND_ROUND_S
    """Time after which a failed delivery is tried again; a callback url that ends before gets a warning."""
    store_hosts: tuple[str, ...] = ()
    """S3 stores besides AWS whose addresses may have the bucket before the store's name."""
    roles_of_aws: bool = True
    """Whether the STS of AWS gives the roles that deliver, and not that of another store."""
    separate_channels: bool = False
    """Whether channels of which a configuration says nothing are heard apart, not mixed into one."""
    diarization: bool = False
    """Whether the people on a channel without a name are told apart where a configuration says nothing."""
    link_lifetime_s: int = LIFETIME_S
    """Time for which a link to a recording works."""
    public_url: str = ""
    """Base of those links; empty: the address under which the client reached this server."""
    upload_idle_s: float = 120.0
    """Silence of a client in the middle of a body after which the request is given up."""
    upload_total_s: float = MAX_UPLOAD_S
    """Time in which a body has to arrive whole, at most MAX_UPLOAD_S."""
    search: SearchOptions = field(default_factory=SearchOptions)
    """What a search may cost."""
    trials_at_once: int = 4
    """Receivers that are tried at once, half of them for one organisation: one that hangs holds up its own alone."""
    trials_waiting: int = 10
    """Tries of one organisation that wait for those, at most; further ones are refused."""
    result_cache_bytes: int = 32 * _MIB
    """Rendered results of finished media kept in memory."""
    wrong_tokens_per_minute: int = 100
    """Tokens of one address that are none and are looked up all the same; 0: any number."""
    organization_calls: int = 0
    """Recordings of one organisation that have not ended; 0: any number."""
    organization_bytes: int = 0
    """Bytes of those of them that were uploaded; 0: any number."""
    metrics_token: str | None = field(default=None, repr=False)
    """What `/metrics` wants as a bearer token; None: anybody may read it."""
