"""Reading a customer's URL: one parser, strict, whose result is what is connected to."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from voxport.outbound.errors import AddressRefused

_BARE = re.compile(r"[!-\[\]-~\u00a1-\U0010ffff]+")
"""No space, control character or backslash: parsers disagree about them."""
_ASCII = re.compile(r"[!-~]+")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\.?$){_LABEL}(\.{_LABEL})*\.?")
_PORT = re.compile(r"(.*\])?[^:\]]*(:[0-9]*)?")
"""Python reads `+80` and the digits of other scripts as numbers; who receives the Host header may not."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart."""

    scheme: str
    """`https` or `http`."""
    host: str
    """ASCII, lower case: a name, or an IP address without brackets."""
    port: int
    """Of the URL, or the usual one of the scheme."""
    authority: str
    """What goes into the Host header."""
    path_and_query: str
    """Sent as it stands, since a signature may cover it byte by byte."""

    @property
    def literal(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
        """The host as an IP address; None for a name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def safe(self) -> str:
        """Without query: for logs and people."""
        return f"{self.scheme}://{self.authority}{self.path_and_query.partition('?')[0]}"


def read_url(url: str, *, allow_http: bool) -> Target:
    """Raises AddressRefused: malformed for what is no address at all, plain for a scheme that is not allowed."""
    if not _BARE.fullmatch(url):
        raise AddressRefused("it is empty or holds characters that a URL cannot hold", malformed=True)
    try:
        parsed, netloc = httpx.URL(url), urlsplit(url).netloc
    except (httpx.InvalidURL, ValueError):
        raise AddressRefused("it is not a URL", malformed=True) from None
    if parsed.scheme not in _DEFAULT_PORTS:
        raise AddressRefused("its scheme is neither https nor http", malformed=True)
    if "@" in netloc or parsed.userinfo:
        raise AddressRefused("it carries a user name", malformed=True)
    host = parsed.raw_host.decode("ascii").lower()
    _check_host(host)
    if not _PORT.fullmatch(netloc):
        raise AddressRefused("its port is not a number", malformed=True)
    port = _DEFAULT_PORTS[parsed.scheme] if parsed.port is None else parsed.port
    if not 1 <= port <= 65535:
        raise AddressRefused("its port is not between 1 and 65535", malformed=True)
    if parsed.scheme == "http" and not allow_http:
        raise AddressRefused("plain http is not allowed")
    return Target(parsed.scheme, host, port, parsed.netloc.decode("ascii"), _request_target(url, parsed))


def _check_host(host: str) -> None:
    if ":" in host:
        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            raise AddressRefused("its host is not an address", malformed=True) from None
        if "%" in host:
            raise AddressRefused("its host names a network interface", malformed=True)
        return
    if not _HOST.fullmatch(host):
        raise AddressRefused("its host is not a name", malformed=True)
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        # Decimal, octal, hexadecimal and short forms mean different addresses to different resolvers.
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            raise AddressRefused("its host is a number in an unusual form", malformed=True) from None


def _request_target(url: str, parsed: httpx.URL) -> str:
    """Path and query exactly as they were written where that is plain ASCII, percent-encoded otherwise."""
    if not _ASCII.fullmatch(url):
        return parsed.raw_path.decode("ascii")
    after_authority = re.sub(r"^[^/]*//[^/?#]*", "", url.partition("#")[0])
    return after_authority if after_authority.startswith("/") else "/" + after_authority


def safe_address(url: str) -> str:
    """`scheme://host[:port]/path` of any text: no user name, query or fragment; for logs and messages."""
    try:
        parts = urlsplit(url)
        netloc = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "(not a URL)"
    if not parts.scheme or not netloc:
        return "(not a URL)"
    return f"{parts.scheme}://{netloc}{parts.path}"
