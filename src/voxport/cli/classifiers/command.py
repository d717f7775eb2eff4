"""`voxport classifiers train`, `list` and `delete`."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from voxport.analytics.classification.training import class_scores
from voxport.app.resources import open_blobs
from voxport.cli.classifiers.labels import read_labels
from voxport.cli.classifiers.training import Training, TrainingOrder, train_classifier
from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.cli.token import Data, DatabaseUrl, with_store
from voxport.core.classifiers import classifier_from_json, models_prefix
from voxport.core.definitions import DefinitionKind
from voxport.core.media import Organization
from voxport.settings import Settings
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store
from voxport.storage.tenant import Tenant

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Train what sorts an organisation's calls, list it, delete it."
)

Org = Annotated[str, typer.Option(metavar="NAME", help="Organisation whose calls they are.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the classifier, as configurations ask for it.")]
_MAX_NAME_CHARS = 256
_MAX_DESCRIPTION_CHARS = 1000
_LANGUAGE = re.compile("[a-z]{2,3}")


@app.command()
def train(
    name: Name,
    org: Org,
    labels: Annotated[
        Path, typer.Option(metavar="FILE", help="CSV with the columns mediaId or externalId, and label.")
    ],
    description: Annotated[str | None, typer.Option(help="What it tells apart; left out: as it was.")] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="Language of the calls, without a region.")] = "en",
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Train a classifier with labelled calls. Prints name, version and held-out accuracy, separated by tabs."""
    name, language = name.strip(), language.strip().lower()
    if not 1 <= len(name) <= _MAX_NAME_CHARS or not name.isprintable():
        raise CommandFailed(f"A classifier needs a name of 1 to {_MAX_NAME_CHARS} printable characters.")
    if not _LANGUAGE.fullmatch(language):
        raise CommandFailed(f"--language takes a code without a region, such as en; not {language!r}.")
    if description is not None and (len(description) > _MAX_DESCRIPTION_CHARS or "\0" in description):
        raise CommandFailed(f"A description has at most {_MAX_DESCRIPTION_CHARS} characters.")
    read = read_labels(labels)

    async def run(tenant: Tenant, blobs: Blobs, organization: Organization) -> Training:
        return await train_classifier(tenant, blobs, TrainingOrder(organization.id, name, read, language, description))

    training = _with_tenant(org, _settings(data, database_url), run)
    _explain(training)
    sys.stdout.write(f"{name}\t{training.version.version}\t{training.version.score.accuracy:.3f}\n")


@app.command("list")
def list_(org: Org, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """List classifiers, one version a line: id, name, version, trained, calls, held-out accuracy; separated by tabs."""

    async def run(tenant: Tenant, _: Blobs, __: Organization) -> list[tuple[str, ...]]:
        lines: list[tuple[str, ...]] = []
        for one in await tenant.definitions.all(DefinitionKind.CLASSIFIER):
            classifier = classifier_from_json(one.body)
            for version in classifier.versions:
                score = f"{version.score.accuracy:.3f}"
                trained = f"{version.trained:%Y-%m-%d %H:%M}"
                lines.append((str(classifier.id), one.name, version.version, trained, str(version.calls), score))
        return lines

    for line in _with_tenant(org, _settings(data, database_url), run):
        sys.stdout.write("\t".join(line) + "\n")


@app.command()
def delete(name: Name, org: Org, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Delete a classifier with all its versions. Calls under way that name it end without its word, with a warning."""

    async def run(tenant: Tenant, blobs: Blobs, organization: Organization) -> None:
        found = await tenant.definitions.get(DefinitionKind.CLASSIFIER, name)
        if found is None:
            raise CommandFailed(f"There is no classifier named {name!r}.")
        await tenant.definitions.delete(DefinitionKind.CLASSIFIER, name)
        await asyncio.to_thread(
            blobs.delete_prefix, models_prefix(organization.id, classifier_from_json(found.body).id)
        )

    _with_tenant(org, _settings(data, database_url), run)
    say(f"the classifier {name} is deleted.")


def _explain(training: Training) -> None:
    score = training.version.score
    say(f"{training.version.calls} calls; right about {score.accuracy:.1%} of calls that it had not seen")
    say(f"always saying the most frequent class is right about {score.baseline:.1%}; macro F1 {score.macro_f1:.3f}")
    if score.accuracy <= score.baseline:
        say("it is no better than that: the labels do not hang on what is said, or there are too few calls.")
    scores = class_scores(training.trained.confusion)
    for label, (precision, recall) in zip(training.version.classes, scores, strict=True):
        say(f"  {label}: precision {precision:.2f}, recall {recall:.2f}")


def _settings(data: str | None, database_url: str | None) -> Settings:
    return settings_of({"data": data, "database_url": database_url})


def _with_tenant(org: str, settings: Settings, act: Callable[[Tenant, Blobs, Organization], Awaitable[T]]) -> T:
    """What `act` makes of the organisation of that name; raises CommandFailed when there is none."""

    async def run(store: Store) -> T:
        found = next((one for one in await store.organizations.all() if one.name == org.strip()), None)
        if found is None:
            raise CommandFailed(f"There is no organisation named {org!r}.")
        blobs = open_blobs(settings)
        await store.store_mark.hold(blobs)
        return await act(store.tenant(found.id), blobs, found)

    return with_store(settings, run)
