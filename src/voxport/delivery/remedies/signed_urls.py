"""Refusals of a store whose URL carries a signature."""

from __future__ import annotations

from voxport.delivery.remedies.kinds import Remedy, Way, Who

EXPIRED = "expired"
"""Our own word for what some stores say in a message only."""
_URL = (Way.SIGNED_URL,)
_CUSTOMER = Who.CUSTOMER

TO_SIGNED_URLS: tuple[Remedy, ...] = (
    # The store, by a URL that carries a signature.
    Remedy(
        _URL,
        ("AccessDenied", "AuthenticationFailed", "AuthorizationFailure", "HTTP 403"),
        _CUSTOMER,
        "The usual causes: the URL is signed for another method than {method} or another content type than "
        "{content_type}; its time is over; the key that signed it may not put there (s3:PutObject), is not known or "
        "was withdrawn.",
    ),
    Remedy(
        _URL,
        ("SignatureDoesNotMatch",),
        _CUSTOMER,
        "The URL is signed for something else than a {method} of the content type {content_type} without further "
        "headers, or with a wrong secret: sign it anew and replay this delivery with it.",
        waiting_helps=False,
    ),
    Remedy(
        _URL,
        (EXPIRED, "ExpiredToken", "InvalidToken", "TokenRefreshRequired"),
        _CUSTOMER,
        "The time of the URL, or of the credentials that signed it, is over: sign it anew, with a key that lives "
        "as long, "
        "and replay this delivery with it.",
        waiting_helps=False,
    ),
    Remedy(
        _URL,
        ("InvalidAccessKeyId", "NoSuchAccessKey"),
        _CUSTOMER,
        "The store does not know the key that signed the URL: it was deleted or made inactive.",
    ),
    Remedy(
        _URL,
        (
            "AuthorizationQueryParametersError",
            "AuthorizationHeaderMalformed",
            "MalformedSecurityHeader",
            "InvalidQueryParameterValue",
            "MissingRequiredHeader",
            "InvalidBlobType",
        ),
        _CUSTOMER,
        "The store does not take the URL as it is signed: a life of more than 7 days, another region or service, "
        "a part "
        "that is missing. Sign it anew and replay this delivery with it.",
        waiting_helps=False,
    ),
    Remedy(
        _URL,
        ("PermanentRedirect", "HTTP 301"),
        _CUSTOMER,
        "The bucket is in another region: sign for the address of its own region and replay this delivery with "
        "that URL.",
        waiting_helps=False,
    ),
    Remedy(
        _URL,
        ("TemporaryRedirect", "HTTP 307"),
        _CUSTOMER,
        "The bucket is new and not yet known everywhere: wait some hours, or sign for the address of its region.",
    ),
    Remedy(
        _URL,
        ("RequestNotYetValid",),
        _CUSTOMER,
        "The URL is dated in the future: set the clock of whoever signs.",
    ),
    Remedy(
        _URL,
        ("BadDigest", "InvalidDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch", "Md5Mismatch"),
        _CUSTOMER,
        "The URL is signed for other bytes: sign it without Content-MD5 and checksums, and replay this delivery "
        "with it.",
        waiting_helps=False,
    ),
    Remedy(
        _URL,
        ("MethodNotAllowed", "HTTP 405"),
        _CUSTOMER,
        "The address takes no {method}: sign a URL for PUT, with method PUT, and replay this delivery with it.",
        waiting_helps=False,
    ),
    Remedy(
        _URL,
        ("AuthorizationPermissionMismatch", "UnauthorizedBlobOverwrite"),
        _CUSTOMER,
        "The URL does not allow to write there: sign it with the permissions create and write.",
        waiting_helps=False,
    ),
    Remedy(
        _URL,
        (
            "InvalidStorageClass",
            "InvalidEncryptionAlgorithmError",
            "InvalidRequest",
            "InvalidArgument",
            "NotImplemented",
        ),
        _CUSTOMER,
        "The store does not take what the URL asks of it, as its encryption, storage class or tags: sign it "
        "without them "
        "and replay this delivery with it.",
        waiting_helps=False,
    ),
)
