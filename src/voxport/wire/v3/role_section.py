"""`s3Delivery` of a callback: into which role, folder and form.

docs/contract/callbacks.md section 4, docs/contract/open-questions.md 2 and 3.
"""

from __future__ import annotations

import re

from voxport.core.codes import Code
from voxport.core.plan import CallbackType, RoleTarget
from voxport.core.s3_objects import BY_KMS, ENCRYPTIONS, STORAGE_CLASSES
from voxport.wire.reading.callback_urls import UrlRules, is_presigned
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.shapes.publish import Callback

_ROLE = re.compile(
    r"arn:aws(-cn|-us-gov|-iso[a-z-]*)?:iam::(?P<account>[\w.-]{0,128}):role/[\w+=,.@/-]{1,576}", re.ASCII
)
_ACCOUNT_OF_AWS = re.compile("[0-9]{12}")
_KMS_KEY = re.compile(r"[\w:/.-]{1,2048}", re.ASCII)
_MAX_FOLDER_BYTES = 512


def role_target(
    asked: Callback, kind: CallbackType, rules: UrlRules, path: Path, refusals: Refusals
) -> RoleTarget | None:
    """None without `s3Delivery`, with a warning for each of its fields; and None when something was noted."""
    if not asked.s3_delivery:
        _warn_unused(asked, path, refusals)
        return None
    noted = refusals.noted
    if is_presigned(asked.url or ""):
        refusals.refuse(
            Code.CALLBACK_URL_INVALID,
            "The callback url is pre-signed; S3 delivery by role takes the plain address of the bucket.",
        )
    role = (asked.role or "").strip()
    if not role:
        refusals.add(Code.CALLBACK_PROPERTY_MISSING, type=kind.value, property="role")
    elif not _is_role(role, rules):
        refusals.unreadable((*path, "role"), "the ARN of a role, as arn:aws:iam::111122223333:role/name")
    folder = _folder(asked.prepend_folder or "", (*path, "prependFolder"), refusals)
    encryption = _one_of(asked.server_side_encryption, ENCRYPTIONS, (*path, "serverSideEncryption"), refusals)
    storage_class = _one_of(asked.storage_class, STORAGE_CLASSES, (*path, "storageClass"), refusals)
    kms_key = (asked.kms_key_id or "").strip() or None
    if kms_key is not None and not _KMS_KEY.fullmatch(kms_key):
        refusals.unreadable((*path, "kmsKeyId"), "the id, alias or ARN of a KMS key")
    elif kms_key is not None and encryption is not None and encryption not in BY_KMS:
        refusals.unreadable((*path, "serverSideEncryption"), f"one of {', '.join(BY_KMS)} where kmsKeyId is given")
    if refusals.noted > noted:
        return None
    # A key of KMS without a word about encryption can only mean that it is to be used.
    return RoleTarget(role, folder, encryption or (BY_KMS[0] if kms_key else None), kms_key, storage_class)


def _is_role(written: str, rules: UrlRules) -> bool:
    found = _ROLE.fullmatch(written)
    return found is not None and bool(not rules.roles_of_aws or _ACCOUNT_OF_AWS.fullmatch(found["account"]))


def _warn_unused(asked: Callback, path: Path, refusals: Refusals) -> None:
    for name, given in (
        ("role", asked.role),
        ("prependFolder", asked.prepend_folder),
        ("serverSideEncryption", asked.server_side_encryption),
        ("kmsKeyId", asked.kms_key_id),
        ("storageClass", asked.storage_class),
    ):
        if given is not None:
            refusals.warn(
                Code.CALLBACK_PROPERTY_UNUSED,
                "{path} has no effect without s3Delivery; the result is sent to the url as it is.",
                path=(*path, name),
            )


def _folder(written: str, path: Path, refusals: Refusals) -> str | None:
    folder = written.strip().strip("/")
    parts = folder.split("/") if folder else []
    if any(part in ("", ".", "..") or not part.isprintable() for part in parts):
        refusals.unreadable(path, "a folder such as results/2031, without . and .. in it")
    elif len(folder.encode("utf-8", "replace")) > _MAX_FOLDER_BYTES:
        refusals.unreadable(path, f"a folder of at most {_MAX_FOLDER_BYTES} bytes")
    return folder or None


def _one_of(written: str | None, known: tuple[str, ...], path: Path, refusals: Refusals) -> str | None:
    name = (written or "").strip()
    found = next((one for one in known if one.lower() == name.lower()), None)
    if name and found is None:
        refusals.unreadable(path, f"one of {', '.join(known)}")
    return found
