"""What keeps a page of ours from doing what somebody else wants: its headers, and whose requests change anything.

Sources: Content Security Policy Level 3, Fetch Metadata Request Headers, RFC 6265bis (SameSite).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

SAFE_METHODS = frozenset({"GET", "HEAD"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; img-src 'self'; media-src 'self'{local}; "
    "connect-src 'self'; font-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def headers(style_nonce: str | None = None, *, local_sound: bool = False) -> dict[str, str]:
    """Headers of every answer; `style_nonce` lets in the style sheet of the waveform, which writes its own.

    `local_sound` lets a page play a file that its person has chosen: browsers give it an address of the scheme `blob`,
    which scripts of this origin alone can make. Nothing is fetched from there, and no program is run.
    """
    nonce = "" if style_nonce is None else f" 'nonce-{style_nonce}'"
    return {
        "Content-Security-Policy": _POLICY.format(nonce=nonce, local=" blob:" if local_sound else ""),
        # Not no-referrer: browsers would then send `Origin: null` with our own forms.
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cache-Control": "no-store",
    }


def over_tls(request: Request) -> bool:
    """Whether the browser has sent `request` by TLS; behind a proxy that ends TLS, the proxy says so.

    Whoever writes that header himself makes his own cookie stricter, no more. The first of several proxies counts.
    """
    if request.url.scheme == "https":
        return True
    return request.headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower() == "https"


def is_own(request: Request) -> bool:
    """Whether a page of this very origin has sent `request`: only such requests change anything.

    Browsers say so in `Sec-Fetch-Site`, which no script can write, and in `Origin` where they do not send that one
    (plain http on another host than this machine).
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
