"""`s3Delivery` of a callback: into which role, folder and form.

Source: docs/contract/callbacks.md section 4, docs/contract/open-questions.md 2 and 3.
"""

from __future__ import annotations

import re
from typing import Any

from voxport.core.codes import Code
from voxport.core.plan import CallbackType, RoleTarget
from voxport.core.s3_objects import BY_KMS, ENCRYPTIONS, STORAGE_CLASSES
from voxport.wire.reading.callback_urls import is_presigned
from voxport.wire.reading.faults import Faults

_ROLE = re.compile(r"arn:aws(-cn|-us-gov|-iso[a-z-]*)?:iam::[0-9]{12}:role/[\w+=,.@/-]{1,576}", re.ASCII)
_KMS_KEY = re.compile(r"[\w:/.-]{1,2048}", re.ASCII)
_MAX_FOLDER_BYTES = 512
_FIELDS = ("role", "prependFolder", "serverSideEncryption", "kmsKeyId", "storageClass")


def role_target(element: dict[str, Any], kind: CallbackType, path: str, faults: Faults) -> RoleTarget | None:
    """None without `s3Delivery`, with a warning for each of its fields; and None when something was noted."""
    if not element.get("s3Delivery", False):
        for name in _FIELDS:
            if name in element:
                faults.warn(
                    Code.CALLBACK_PROPERTY_UNUSED,
                    f"{path}.{name} has no effect without s3Delivery; the result is sent to the url as it is.",
                )
        return None
    noted = len(faults.problems)
    if is_presigned(element.get("url", "")):
        faults.refuse(
            Code.CALLBACK_URL_INVALID,
            "The callback url is pre-signed; S3 delivery by role takes the plain address of the bucket.",
        )
    role = element.get("role", "").strip()
    if not role:
        faults.add(Code.CALLBACK_PROPERTY_MISSING, type=kind.value, property="role")
    elif not _ROLE.fullmatch(role):
        faults.unreadable(f"{path}.role", "the ARN of a role, as arn:aws:iam::111122223333:role/name")
    folder = _folder(element.get("prependFolder", ""), path, faults)
    encryption = _one_of(element, "serverSideEncryption", ENCRYPTIONS, path, faults)
    storage_class = _one_of(element, "storageClass", STORAGE_CLASSES, path, faults)
    kms_key = element.get("kmsKeyId", "").strip() or None
    if kms_key is not None and not _KMS_KEY.fullmatch(kms_key):
        faults.unreadable(f"{path}.kmsKeyId", "the id, alias or ARN of a KMS key")
    elif kms_key is not None and encryption is not None and encryption not in BY_KMS:
        faults.unreadable(f"{path}.serverSideEncryption", f"one of {', '.join(BY_KMS)} where kmsKeyId is given")
    if len(faults.problems) > noted:
        return None
    # A key of KMS without a word about encryption can only mean that it is to be used.
    return RoleTarget(role, folder, encryption or (BY_KMS[0] if kms_key else None), kms_key, storage_class)


def _folder(written: str, path: str, faults: Faults) -> str | None:
    folder = written.strip().strip("/")
    parts = folder.split("/") if folder else []
    if any(part in ("", ".", "..") or not part.isprintable() for part in parts):
        faults.unreadable(f"{path}.prependFolder", "a folder such as results/2031, without . and .. in it")
    elif len(folder.encode("utf-8", "replace")) > _MAX_FOLDER_BYTES:
        faults.unreadable(f"{path}.prependFolder", f"a folder of at most {_MAX_FOLDER_BYTES} bytes")
    return folder or None


def _one_of(element: dict[str, Any], name: str, known: tuple[str, ...], path: str, faults: Faults) -> str | None:
    written = element.get(name, "").strip()
    found = next((one for one in known if one.lower() == written.lower()), None)
    if written and found is None:
        faults.unreadable(f"{path}.{name}", f"one of {', '.join(known)}")
    return found
