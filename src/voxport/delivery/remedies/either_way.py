"""Refusals that mean the same whichever way a delivery goes."""

from __future__ import annotations

from voxport.delivery.remedies.kinds import Remedy, Way, Who

OWN_CLOCK = "own clock"
"""Our own word for what STS says in a message only."""
_STORE, _ALL = (Way.ROLE, Way.SIGNED_URL), tuple(Way)
_CUSTOMER, _OPERATOR, _NOBODY = Who.CUSTOMER, Who.OPERATOR, Who.NOBODY

EITHER_WAY: tuple[Remedy, ...] = (
    Remedy(
        _ALL,
        (OWN_CLOCK, "RequestTimeTooSkewed", "RequestInTheFuture"),
        _OPERATOR,
        "The clock of this server, or of whoever signed, is wrong; its operator has to set it right (NTP).",
    ),
    # The store, either way.
    Remedy(
        _STORE,
        ("NoSuchBucket", "ContainerNotFound", "HTTP 404", "NoSuchKey", "ResourceNotFound"),
        _CUSTOMER,
        "There is no bucket {bucket}: correct the url, or create the bucket.",
    ),
    Remedy(
        _STORE,
        ("InvalidBucketName", "InvalidURI", "KeyTooLongError", "InvalidObjectName", "InvalidResourceName"),
        _CUSTOMER,
        "The store takes no such name of a bucket or an object: correct url or prependFolder.",
        waiting_helps=False,
    ),
    Remedy(
        _STORE,
        ("EntityTooLarge", "RequestBodyTooLarge", "HTTP 413"),
        _CUSTOMER,
        "The store takes no object of this length in this way.",
        waiting_helps=False,
    ),
    Remedy(
        _STORE,
        ("PreconditionFailed", "BlobAlreadyExists", "ObjectAlreadyExists", "FileAlreadyExists", "HTTP 412"),
        _CUSTOMER,
        "There is an object already and it may not be replaced: name another, or allow it.",
        waiting_helps=False,
    ),
    Remedy(
        _STORE,
        ("QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "HTTP 507"),
        _CUSTOMER,
        "The bucket or the store is full: make room.",
    ),
    Remedy(
        _STORE,
        ("AllAccessDisabled", "AccountProblem", "NotSignedUp", "InvalidPayer", "UserSuspended", "UserDisable"),
        _CUSTOMER,
        "The bucket's owner or its provider has disabled the bucket or its account.",
    ),
    Remedy(
        _STORE,
        ("MissingContentLength", "HTTP 411"),
        _OPERATOR,
        "The length of the request is lost on the way: a proxy changes requests; its operator has to see.",
    ),
    Remedy(
        _STORE,
        ("IncompleteBody", "RequestTimeout", "OperationAborted", "ConditionalRequestConflict"),
        _NOBODY,
        "The upload was not taken whole; the delivery is tried again.",
    ),
    # Busy.
    Remedy(
        _ALL,
        (
            "SlowDown",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestLimitExceeded",
            "TooManyRequests",
            "TooManyRequestsException",
            "HTTP 429",
        ),
        _NOBODY,
        "The other side asks for fewer requests; the delivery is tried again.",
    ),
    Remedy(
        _ALL,
        (
            "ServiceUnavailable",
            "ServerBusy",
            "InternalError",
            "InternalFailure",
            "ServiceFailure",
            "HTTP 500",
            "HTTP 502",
            "HTTP 503",
            "HTTP 504",
        ),
        _NOBODY,
        "A fault of the other side; the delivery is tried again.",
    ),
)
