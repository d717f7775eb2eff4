"""Which IP addresses are public: the judgement behind the guard, on address values only.

Follows the IANA special-purpose registries (RFC 6890). The lists stand here in full rather than in `ipaddress`, whose
`is_global` differs between Python releases.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

EVERYWHERE: tuple[Network, ...] = (ipaddress.IPv4Network("0.0.0.0/0"), ipaddress.IPv6Network("::/0"))
"""For an address of the operator's own, which may lie in any network."""
_KINDS_4: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "carrier-internal"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "reserved"),
    ("192.52.193.0/24", "reserved"),
    ("192.88.99.0/24", "reserved"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "reserved"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    # Azure's platform service answers on a public address from inside its machines.
    ("168.63.129.16/32", "cloud metadata"),
)
_KINDS_6: tuple[tuple[str, str], ...] = (
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "private"),
    ("ff00::/8", "multicast"),
    # Inside global unicast space: protocol assignments (Teredo among them), documentation, 6to4.
    ("2001::/23", "reserved"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "reserved"),
    ("3fff::/20", "documentation"),
    ("2620:4f:8000::/48", "reserved"),
)
_REFUSED_4 = tuple((ipaddress.IPv4Network(network), kind) for network, kind in _KINDS_4)
_REFUSED_6 = tuple((ipaddress.IPv6Network(network), kind) for network, kind in _KINDS_6)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP_IDS = (0x00005EFE, 0x02005EFE)


def unmapped(address: Address) -> Address:
    """The address that a connection would really go to: IPv4 where it is written as IPv4-mapped IPv6."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def in_networks(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the operator named a network that holds `address`."""
    address = unmapped(address)
    return any(address.version == network.version and address in network for network in networks)


def kind_if_not_public(address: Address) -> str | None:
    """What kind of non-public address this is, in a word or two; None for a public one."""
    address = unmapped(address)
    if isinstance(address, ipaddress.IPv4Address):
        return next((kind for network, kind in _REFUSED_4 if address in network), None)
    if address in _NAT64:
        # A resolver of an IPv6-only network makes these for public IPv4 hosts (RFC 6147).
        return kind_if_not_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    kind = next((kind for network, kind in _REFUSED_6 if address in network), None)
    if kind is not None:
        return kind
    if address not in _GLOBAL_UNICAST:
        return "reserved"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP_IDS:
        return "tunnelled"
    return None
