"""`voxport classifiers`: from labelled calls to a version that a configuration can ask for, and back."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner, Result

from voxport.analytics.call_text import CallText
from voxport.analytics.classification.classification import classify
from voxport.analytics.classification.features import features_of
from voxport.analytics.classification.model import TextClassifier
from voxport.cli.errors import CommandFailed
from voxport.cli.main import app
from voxport.core.analytics_plan import ClassifierPlan
from voxport.core.artefacts import RunPaths, transcript_to_json
from voxport.core.classifiers import Classifier, classifier_from_json, model_key
from voxport.core.definitions import DefinitionKind
from voxport.core.plan import Plan
from voxport.core.stages import first_steps
from voxport.core.transcript import Transcript, Turn, Word
from voxport.storage.cipher import Cipher
from voxport.storage.objects.blobs import Blobs
from voxport.storage.records import NewMedia
from voxport.storage.store import Store

T = TypeVar("T")
KEY = bytes(range(32))
CALLS = 12
SAID = {
    "cancel": "i want to cancel my subscription please close the account today number {}",
    "order": "i would like to order two boxes of coffee beans please send them number {}",
}
CARD = "my card number is 4111 1111 1111 1111 thank you"


def said(text: str) -> Transcript:
    words = tuple(Word(word, 500 * at, 500 * at + 500, 0.9) for at, word in enumerate(text.split()))
    return Transcript("en-US", (Turn(0, "Caller", words),), (), "test")


class Server:
    """An organisation with finished calls, and the command over the same database and store."""

    def __init__(self, url: str, data: Path) -> None:
        self.url, self.data = url, data
        self.blobs = Blobs.open((data / "objects").as_uri())
        self.organization_id = self.store(lambda store: self._organization(store))

    def store(self, act: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
        async def run() -> T:
            store = await Store.open(self.url, Cipher(KEY), pool_size=1)
            try:
                return await act(store)
            finally:
                await store.close()

        return asyncio.run(run())

    def calls(self, texts: list[str]) -> list[UUID]:
        """Finished calls in which that was said."""

        async def insert(store: Store) -> list[UUID]:
            ids = []
            for number, text in enumerate(texts):
                new = NewMedia(
                    self.organization_id, Plan(), first_steps(Plan(), fetches=False), {"externalId": f"{number}"}
                )
                async with store.transaction() as connection:
                    await store.media.insert(connection, new)
                self.blobs.put(RunPaths(new.id, 1).transcript, transcript_to_json(said(text)))
                await store.media.set_probe(new.id, duration_ms=60_000)
                await store.media.finish(new.id, run=1)
                ids.append(new.id)
            return ids

        return self.store(insert)

    def run(self, *words: str) -> Result:
        place = ["--org", "Acme", "--data", str(self.data), "--database-url", self.url]
        return CliRunner().invoke(app, ["classifiers", *words, *place])

    def train(self, lines: list[str], *words: str, header: str = "mediaId,label") -> Result:
        file = self.data / "labels.csv"
        file.write_text("\n".join([header, *lines]), "utf-8")
        return self.run("train", "reason", "--labels", str(file), *words)

    def classifier(self) -> Classifier | None:
        async def read(store: Store) -> Classifier | None:
            found = await store.tenant(self.organization_id).definitions.get(DefinitionKind.CLASSIFIER, "reason")
            return None if found is None else classifier_from_json(found.body)

        return self.store(read)

    @staticmethod
    async def _organization(store: Store) -> UUID:
        return (await store.organizations.create("Acme")).id


@pytest.fixture
def server(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("VOXPORT_SECRET_KEY", base64.b64encode(KEY).decode())
    return Server(postgres_url, tmp_path)


def labelled(server: Server) -> list[str]:
    texts = [
        (label, text.format("seven" if at % 2 else "eight")) for at in range(CALLS) for label, text in SAID.items()
    ]
    ids = server.calls([text for _, text in texts])
    return [f"{media_id},{label}" for media_id, (label, _) in zip(ids, texts, strict=True)]


def test_what_was_labelled_is_learned_listed_and_deleted(server: Server) -> None:
    lines = labelled(server)
    stranger = f"{uuid4()},order"
    trained = server.train([*lines, stranger], "--description", "Why they call.")
    assert trained.exception is None, trained.exception
    assert (trained.exit_code, trained.stdout) == (0, "reason\t1.0.0\t1.000\n")
    assert "1 lines were passed over" in trained.stderr
    assert "24 calls; right about 100.0%" in trained.stderr
    assert "always saying the most frequent class is right about 50.0%" in trained.stderr
    assert "cancel: precision 1.00, recall 1.00" in trained.stderr

    first = server.classifier()
    assert first is not None
    version = first.versions[-1]
    assert (first.description, version.classes, version.calls) == ("Why they call.", ("cancel", "order"), 24)
    stored = server.blobs.get(model_key(server.organization_id, first.id, "1.0.0"))
    assert stored is not None
    plan = ClassifierPlan(first.id, "reason", "1.0.0", version.sha256, version.classes)
    (found,) = classify(CallText(said("please cancel it"), (), set()), [plan], {version.sha256: stored})
    assert (found.label, found.value, found.classes) == ("cancel", 0, 2)
    assert 0.5 < found.score <= 1
    assert classify(CallText(said("please cancel it"), (), set()), [plan], {}) == ()

    again = server.train(
        [f"{number},{'cancel' if number % 2 == 0 else 'order'}" for number in range(24)], header="externalId,label"
    )
    assert again.stdout.startswith("reason\t1.1.0\t")
    second = server.classifier()
    assert second is not None
    # The same calls give the same model.
    assert (second.id, second.description) == (first.id, first.description)
    assert [one.sha256 for one in second.versions] == [version.sha256] * 2
    listed = [line.split("\t")[:3] for line in server.run("list").stdout.splitlines()]
    assert listed == [[str(first.id), "reason", "1.0.0"], [str(first.id), "reason", "1.1.0"]]

    assert server.run("delete", "reason").exit_code == 0
    assert server.classifier() is None
    assert server.blobs.get(model_key(server.organization_id, first.id, "1.0.0")) is None
    assert isinstance(server.run("delete", "reason").exception, CommandFailed)


def test_nothing_secret_is_learned(server: Server) -> None:
    """Also of calls that nobody has redacted: what a model knows outlives them."""
    texts = [f"{SAID[label].format('seven')} {CARD}" for label in SAID for _ in range(CALLS)]
    ids = server.calls(texts)
    lines = [f"{media_id},{'cancel' if at < CALLS else 'order'}" for at, media_id in enumerate(ids)]
    assert server.train(lines).exit_code == 0
    first = server.classifier()
    assert first is not None
    stored = server.blobs.get(model_key(server.organization_id, first.id, "1.0.0"))
    assert stored is not None
    known = set(TextClassifier.from_bytes(stored).buckets.tolist())
    for secret in ("four one one one", "4111 1111"):
        assert not known & set(features_of(CallText(said(secret), (), set())).buckets.tolist())
    assert known & set(features_of(CallText(said("cancel"), (), set())).buckets.tolist())


@pytest.mark.parametrize(
    ("header", "lines", "reason"),
    [
        ("id,label", ["a,b"], "needs a first line with mediaId or externalId, and label"),
        ("mediaId,label", ["a,"], "line 2: a call and a label"),
        ("mediaId,label", ["a,b", "a,c"], "line 3: a has two labels"),
        ("mediaId,label", ["a,b"], "have 0 classes"),
        ("externalId,label", [f"{number},{'ab'[number % 2]}" for number in range(4)], "too few: a (2), b (2)"),
    ],
)
def test_what_nothing_can_be_learned_from_is_told(server: Server, header: str, lines: list[str], reason: str) -> None:
    server.calls(["hello there"] * 4)
    failed = server.train(lines, header=header)
    assert isinstance(failed.exception, CommandFailed)
    assert reason in str(failed.exception)
    assert server.classifier() is None


def test_versions_are_kept_apart(server: Server) -> None:
    assert server.train(labelled(server)).exit_code == 0
    first = server.classifier()
    assert first is not None
    kept = {None: "1.0.0", "latest": "1.0.0", "1.0.0": "1.0.0", "1.0+": "1.0.0", "2.0+": None, "2.0.0": None, "+": None}
    for asked, found in kept.items():
        version = first.version(asked)
        assert (None if version is None else version.version) == found, asked
    assert first.next_version(("cancel", "order")) == "1.1.0"
    assert first.next_version(("cancel", "order", "other")) == "2.0.0"
    later = replace(first, versions=(*first.versions, replace(first.versions[0], version="1.10.0")))
    assert later.next_version(("cancel", "order")) == "1.11.0"
