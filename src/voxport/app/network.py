"""What the settings say of the way out: the proxy, the authorities, the networks that may be reached."""

from __future__ import annotations

from voxport.core.errors import Misconfigured
from voxport.outbound import OutboundOptions, Proxy, client_context
from voxport.settings import Settings, revealed


def outbound_options(settings: Settings) -> OutboundOptions:
    """Raises Misconfigured for a proxy or a file of authorities that cannot be used."""
    try:
        client_context(settings.ca_file)
    except ValueError as error:
        raise Misconfigured(f"VOXPORT_CA_FILE cannot be used: {error}.") from None
    return OutboundOptions(
        allow_networks=settings.allow_networks,
        allow_http=settings.allow_http,
        proxy=proxy_of(settings),
        ca_file=settings.ca_file,
        connect_timeout_s=settings.delivery_connect_timeout_s,
        answer_timeout_s=settings.delivery_timeout_s,
    )


def proxy_of(settings: Settings) -> Proxy | None:
    """None without one; raises Misconfigured."""
    written = revealed(settings.proxy)
    if written is None:
        idle = [name for name in ("proxy_resolves", "no_proxy") if getattr(settings, name)]
        if idle:
            raise Misconfigured(f"VOXPORT_{idle[0].upper()} has no effect without VOXPORT_PROXY.")
        return None
    try:
        return Proxy.read(written, resolves=settings.proxy_resolves, direct=settings.no_proxy)
    except ValueError as error:
        raise Misconfigured(f"VOXPORT_PROXY cannot be used: {error}.") from None


def public_url(settings: Settings) -> str:
    """The API's address for who is called back; without a setting the one it listens on."""
    host = settings.host
    listening = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    return settings.public_url or listening
