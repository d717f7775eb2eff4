"""A call is sorted by the version that its plan names, from the words as they are shown; what is gone says nothing."""

from __future__ import annotations

import hashlib
from uuid import UUID

import numpy as np

from tests.rooms.workflow.test_redacting import after, found, recognised, unchecked
from voxport.analytics.call_text import CallText
from voxport.analytics.classification.features import features_of
from voxport.analytics.classification.model import TextClassifier
from voxport.core.analytics_plan import AnalyticsPlan, ClassifierPlan
from voxport.core.classifiers import model_key
from voxport.core.codes import Code
from voxport.core.findings import Classification
from voxport.core.media import MediaStatus
from voxport.core.plan import Plan
from voxport.core.transcript import Transcript, Turn, Word
from voxport.workflow.dependencies import Dependencies

CANCELLED = Transcript("en-US", (Turn(0, "Caller", (Word("cancel", 0, 500, 0.9),)),), (), "test")
ASKED = UUID(int=7)


def model() -> bytes:
    """Knows one word, which tells the second of two classes."""
    buckets = features_of(CallText(CANCELLED, (), set())).buckets
    return TextClassifier(buckets, np.array([[0.0, 50.0]], np.float32), np.zeros(2, np.float32)).to_bytes()


def plan(*stored: bytes) -> Plan:
    classifiers = tuple(
        ClassifierPlan(ASKED, "reason", f"1.{at}.0", hashlib.sha256(one).hexdigest(), ("other", "cancel"))
        for at, one in enumerate(stored)
    )
    return Plan(analytics=AnalyticsPlan(classifiers=classifiers))


async def test_a_call_is_sorted(deps: Dependencies) -> None:
    deps, stored = unchecked(deps), model()
    gone, forged = stored + b"another", stored + b"a third"
    media = await recognised(deps, plan(stored, gone, forged), "i want to cancel it")
    deps.blobs.put(model_key(media.organization.id, ASKED, "1.0.0"), stored)
    deps.blobs.put(model_key(media.organization.id, ASKED, "1.2.0"), stored)
    media = await after(deps, media)
    assert media.status is MediaStatus.FINISHED
    (said,) = found(deps, media).classifications or ()
    assert said == Classification(ASKED, "reason", "1.0.0", 2, "cancel", 1, said.score)
    assert said.score > 0.9
    assert [one.code for one in media.warnings] == [Code.CLASSIFIER_UNSUPPORTED] * 2
    assert ["1.1.0" in media.warnings[0].message, "1.2.0" in media.warnings[1].message] == [True, True]
