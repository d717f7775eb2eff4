"""From a file of labels to a version of a classifier that configurations can ask for."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from voxport.analytics.classification.training import FOLDS, LabelledCall, Trained, train
from voxport.cli.classifiers.calls import ReadCall, read_calls
from voxport.cli.classifiers.labels import Labels, classes_of
from voxport.cli.errors import CommandFailed
from voxport.cli.terminal import say
from voxport.core.classifiers import (
    FIRST_VERSION,
    MAX_CLASSIFIERS,
    MAX_VERSIONS,
    Classifier,
    ClassifierVersion,
    classifier_from_json,
    classifier_to_json,
    model_key,
)
from voxport.core.definitions import DefinitionKind
from voxport.storage.objects.blobs import Blobs
from voxport.storage.tenant import Tenant

_SAID_EVERY = 500
"""Lines of the file."""


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """What is to be trained."""

    organization_id: UUID
    name: str
    labels: Labels
    language: str
    """Without a region."""
    description: str | None
    """None: as it was."""


@dataclass(frozen=True, slots=True)
class Training:
    """What came of it."""

    version: ClassifierVersion
    trained: Trained


async def train_classifier(tenant: Tenant, blobs: Blobs, order: TrainingOrder) -> Training:
    """Keeps the model, then the version that names it. Raises CommandFailed where nothing can be learned."""
    before = await _before(tenant, order)
    classifier = before or Classifier(uuid4(), order.language, "", ())
    read = await read_calls(tenant, blobs, order.labels, order.language, _say_lines)
    if read.passed_over:
        say(f"{read.passed_over} lines were passed over: no finished call of {order.language} that can be read.")
    classes = classes_of(call.label for call in read.calls)
    calls = _labelled(read.calls, classes)
    trained = await asyncio.to_thread(train, calls, len(classes), lambda done: say(f"model {done} of {FOLDS + 1}"))
    stored = trained.model.to_bytes()
    version = ClassifierVersion(
        version=FIRST_VERSION if before is None else before.next_version(classes),
        sha256=hashlib.sha256(stored).hexdigest(),
        trained=datetime.now(UTC),
        calls=len(calls),
        classes=classes,
        score=trained.score,
    )
    blobs.put(model_key(order.organization_id, classifier.id, version.version), stored)
    versions = (*classifier.versions, version)
    description = classifier.description if order.description is None else order.description
    kept = replace(classifier, description=description, versions=versions[-MAX_VERSIONS:])
    await tenant.definitions.put(DefinitionKind.CLASSIFIER, order.name, classifier_to_json(kept))
    for old in versions[:-MAX_VERSIONS]:
        blobs.delete(model_key(order.organization_id, classifier.id, old.version))
    return Training(version, trained)


async def _before(tenant: Tenant, order: TrainingOrder) -> Classifier | None:
    """The classifier of that name; None for a new one."""
    there = await tenant.definitions.all(DefinitionKind.CLASSIFIER)
    found = next((classifier_from_json(one.body) for one in there if one.name == order.name), None)
    if found is None and len(there) >= MAX_CLASSIFIERS:
        raise CommandFailed(f"There are {MAX_CLASSIFIERS} classifiers already: delete one first.")
    if found is not None and found.language != order.language:
        raise CommandFailed(f"{order.name} is of the language {found.language}: another one needs another name.")
    return found


def _labelled(calls: Sequence[ReadCall], classes: tuple[str, ...]) -> list[LabelledCall]:
    values = {label: value for value, label in enumerate(classes)}
    return [
        LabelledCall(call.features, values[call.label], hashlib.sha256(call.media_id.bytes).hexdigest())
        for call in calls
    ]


def _say_lines(done: int) -> None:
    if done % _SAID_EVERY == 0:
        say(f"{done} calls were read")
