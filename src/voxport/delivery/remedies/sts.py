"""Refusals of AssumeRole: by the role, which is the customer's, or by this server's own identity."""

from __future__ import annotations

from voxport.delivery.remedies.kinds import Remedy, Way, Who

OWN_KEY = "own key refused"
"""Our own word for what only two answers of an STS together tell."""
_STS = (Way.ASSUME_ROLE,)
_CUSTOMER, _OPERATOR = Who.CUSTOMER, Who.OPERATOR

OF_STS: tuple[Remedy, ...] = (
    # STS: the role.
    Remedy(
        _STS,
        ("AccessDenied", "HTTP 403"),
        _CUSTOMER,
        "The trust policy of {role} has to name {account} as principal and {external_id} as sts:ExternalId; and this "
        "server's own identity needs sts:AssumeRole on {role}. See that the role exists.",
    ),
    Remedy(
        _STS,
        ("NoSuchEntity", "NoSuchRole", "HTTP 404"),
        _CUSTOMER,
        "This STS knows no role {role}: create it in the account that the ARN names, or correct the callback's role.",
    ),
    Remedy(
        _STS,
        (
            "ValidationError",
            "InvalidParameterValue",
            "MalformedPolicyDocument",
            "InvalidArgument",
            "ParamValidationError",
        ),
        _CUSTOMER,
        "The role {role} is not one that AWS takes; correct the callback's role.",
        waiting_helps=False,
    ),
    # STS: this server.
    Remedy(
        _STS,
        ("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "NoAuthTokenError"),
        _OPERATOR,
        "This server has no AWS identity. Its operator has to give it one: AWS_ACCESS_KEY_ID and "
        "AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or the role of its machine.",
    ),
    Remedy(
        _STS,
        ("InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException", "InvalidAccessKeyId", OWN_KEY),
        _OPERATOR,
        "The STS does not know this server's own key, or its secret is wrong; its operator has to correct it.",
    ),
    Remedy(
        _STS,
        ("ExpiredToken", "ExpiredTokenException", "RequestExpired"),
        _OPERATOR,
        "This server's own AWS credentials have ended; its operator has to renew them, or set its clock.",
    ),
    Remedy(
        _STS,
        ("RegionDisabledException",),
        _OPERATOR,
        "STS is switched off for this region in the account; its operator can set VOXPORT_STS_ENDPOINT_URL.",
    ),
    Remedy(
        _STS,
        ("MethodNotAllowed", "InvalidAction", "NotImplemented", "HTTP 405", "HTTP 501", "ResponseParserError"),
        _OPERATOR,
        "What VOXPORT_STS_ENDPOINT_URL leads to knows no AssumeRole; its operator has to correct it.",
    ),
    Remedy(
        _STS,
        (
            "EndpointConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "ConnectionClosedError",
            "HTTPClientError",
        ),
        _OPERATOR,
        "STS could not be reached; its operator may have to set VOXPORT_STS_ENDPOINT_URL or VOXPORT_PROXY.",
    ),
    Remedy(
        _STS,
        ("ProxyConnectionError", "InvalidProxiesConfigError"),
        _OPERATOR,
        "STS could not be reached through the proxy; the operator of this server has to correct VOXPORT_PROXY.",
    ),
    Remedy(
        _STS,
        ("SSLError",),
        _OPERATOR,
        "The certificate of STS cannot be trusted; the operator of this server has to name its authority in "
        "VOXPORT_CA_FILE.",
    ),
)
