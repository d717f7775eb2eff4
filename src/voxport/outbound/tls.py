"""TLS to other servers: whom we trust, and what went wrong where it failed, in words."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import httpx

_NO_VERSION = "it speaks no version of TLS that this server takes (1.2 or later)"
_NO_TLS = "what answers there does not speak TLS"
_OWN_CERTIFICATE = "it asks for a certificate of this server, which has none to show"
_UNKNOWN_ISSUER = (
    "its certificate is of an issuer that this server does not know: it has to send those between, or this server's "
    "operator names the authority in VOXPORT_CA_FILE"
)
_CERTIFICATE = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: _UNKNOWN_ISSUER,
    19: _UNKNOWN_ISSUER,
    20: _UNKNOWN_ISSUER,
    21: _UNKNOWN_ISSUER,
    23: "its certificate was revoked",
    26: "its certificate is not one for servers",
    62: "its certificate is for another name",
    64: "its certificate is for another address",
}
"""By the code of X.509 verification (OpenSSL, X509_V_ERR_...)."""
_HANDSHAKE = {
    "UNSUPPORTED_PROTOCOL": _NO_VERSION,
    "TLSV1_ALERT_PROTOCOL_VERSION": _NO_VERSION,
    "NO_PROTOCOLS_AVAILABLE": _NO_VERSION,
    "WRONG_SSL_VERSION": _NO_VERSION,
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "HTTP_REQUEST": _NO_TLS,
    "UNKNOWN_PROTOCOL": _NO_TLS,
    "PACKET_LENGTH_TOO_LONG": _NO_TLS,
    "TLSV1_UNRECOGNIZED_NAME": "it does not know the name that was asked for",
    "TLSV1_ALERT_UNRECOGNIZED_NAME": "it does not know the name that was asked for",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": _OWN_CERTIFICATE,
    "TLSV1_ALERT_CERTIFICATE_REQUIRED": _OWN_CERTIFICATE,
    "SSLV3_ALERT_BAD_CERTIFICATE": _OWN_CERTIFICATE,
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "it ended the handshake: it shares no cipher with this server, or asks for a "
    "certificate of its own",
    "UNEXPECTED_EOF_WHILE_READING": "it hung up during the handshake: it may speak older versions of TLS only, or "
    "ask for a certificate of this server",
    "DH_KEY_TOO_SMALL": "its key exchange is too weak",
    "EE_KEY_TOO_SMALL": "its key is too weak",
}
"""By OpenSSL's reason."""


def client_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """Trusts the public authorities, and beside them those of `ca_file` (PEM); raises ValueError for the file."""
    if ca_file is None:
        return _public_authorities()
    context = httpx.create_ssl_context()
    try:
        context.load_verify_locations(cafile=ca_file)
    except FileNotFoundError:
        raise ValueError(f"there is no file {ca_file}") from None
    except ssl.SSLError:
        raise ValueError(f"{ca_file} holds no certificate in PEM") from None
    except OSError as error:
        raise ValueError(f"{ca_file} cannot be read: {error.strerror}") from None
    return context


@lru_cache(maxsize=1)
def _public_authorities() -> ssl.SSLContext:
    """Read once: it takes many milliseconds, and a proxy that is spoken to over TLS asks at each connection."""
    return httpx.create_ssl_context()


def tls_fault(error: BaseException) -> str | None:
    """What went wrong with TLS, as a clause; None where `error` comes of nothing of TLS."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _CERTIFICATE.get(cause.verify_code, f"its certificate cannot be trusted ({cause.verify_message})")
        if isinstance(cause, ssl.SSLError):
            return _HANDSHAKE.get(cause.reason or "", "it broke off the handshake")
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came of, at most ten deep."""
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__
