"""Refusals of a store in a delivery by role."""

from __future__ import annotations

from voxport.delivery.remedies.kinds import Remedy, Way, Who

KMS, OTHER_REGION = "KMS", "other region"
"""Our own words for what a store says in its message or in a field of its answer."""
_ROLE = (Way.ROLE,)
_CUSTOMER, _OPERATOR, _NOBODY = Who.CUSTOMER, Who.OPERATOR, Who.NOBODY

BY_ROLE: tuple[Remedy, ...] = (
    # The store, by role.
    Remedy(
        _ROLE,
        ("AccessDenied", "HTTP 403"),
        _CUSTOMER,
        "Allow {action} on {resource} in the role's policy, and see that no bucket policy denies it.",
    ),
    Remedy(
        _ROLE,
        (KMS,),
        _CUSTOMER,
        "Let the role use {kms_key}: kms:GenerateDataKey and kms:Decrypt, in its policy and in the key's policy.",
    ),
    Remedy(
        _ROLE,
        ("KMSNotConfigured", "XMinioKMSNotConfigured"),
        _CUSTOMER,
        "The store has no KMS: leave out serverSideEncryption and kmsKeyId, or name AES256.",
        waiting_helps=False,
    ),
    Remedy(
        _ROLE,
        ("ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidAccessKeyId", "ExpiredTokenException"),
        _NOBODY,
        "The credentials of the role have ended or were revoked; the next try assumes the role again.",
    ),
    Remedy(
        _ROLE,
        ("SignatureDoesNotMatch",),
        _OPERATOR,
        "A proxy between this server and the store may change requests, or the region is wrong; its operator has "
        "to see.",
    ),
    Remedy(
        _ROLE,
        (
            "InvalidStorageClass",
            "InvalidEncryptionAlgorithmError",
            "InvalidRequest",
            "InvalidArgument",
            "NotImplemented",
        ),
        _CUSTOMER,
        "The store does not take how the object is to be stored ({stored}): change or leave out "
        "serverSideEncryption and "
        "storageClass of the callback; where it names none, the operator of this server has set them "
        "(VOXPORT_ROLE_ENCRYPTION, VOXPORT_ROLE_STORAGE_CLASS).",
        waiting_helps=False,
    ),
    Remedy(
        _ROLE,
        (OTHER_REGION,),
        _CUSTOMER,
        "The bucket is in {region}, the request was for {asked_region}: name {region} in the url.",
        waiting_helps=False,
    ),
    Remedy(
        _ROLE,
        ("MethodNotAllowed", "HTTP 405"),
        _CUSTOMER,
        "The address takes no objects; it is to be the address of a bucket.",
        waiting_helps=False,
    ),
    Remedy(_ROLE, ("NoSuchUpload",), _NOBODY, "The upload was cleared away meanwhile; the next try begins it anew."),
    Remedy(
        _ROLE,
        ("BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch"),
        _NOBODY,
        "What arrived is not what was sent; the delivery is tried again.",
    ),
)
