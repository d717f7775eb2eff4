"""Models: found, unpacked once, checked; every fault is one sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from voxport.app.model import require_model
from voxport.core.errors import Misconfigured
from voxport.settings import read_settings
from voxport.speech.bundled_models import BUNDLED
from voxport.speech.models import ModelState, list_models, locate, verify


def test_unpacks_once_and_takes_it_from_there(models_dir: Path) -> None:
    folder = locate("tiny.en", models_dir)
    weights = folder / "model.bin"
    unpacked = weights.stat()
    assert unpacked.st_size == BUNDLED["tiny.en"].size_bytes
    assert locate("tiny.en", models_dir) == folder
    assert weights.stat().st_mtime_ns == unpacked.st_mtime_ns
    assert verify("tiny.en", models_dir) == folder
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


def test_several_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        folders = set(pool.map(lambda _: locate("tiny.en", tmp_path), range(3)))
    assert folders == {tmp_path / "models" / "tiny.en"}
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["tiny.en"]


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    weights = locate("tiny.en", tmp_path) / "model.bin"
    with weights.open("r+b") as file:
        file.seek(1000)
        file.write(b"other")
    assert locate("tiny.en", tmp_path).name == "tiny.en"
    with pytest.raises(Misconfigured, match=r"not the published one; delete that folder"):
        verify("tiny.en", tmp_path)
    with weights.open("ab") as file:
        file.write(b"more")
    with pytest.raises(Misconfigured, match=r"not the published one"):
        locate("tiny.en", tmp_path)
    assert {report.name: report.state for report in list_models(tmp_path)} == {
        "base": ModelState.INSTALLED,
        "tiny.en": ModelState.DAMAGED,
    }


def test_a_wheel_with_other_weights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BUNDLED, "tiny.en", replace(BUNDLED["tiny.en"], sha256="0" * 64))
    with pytest.raises(Misconfigured, match=r"The installed model tiny\.en is not the published one"):
        locate("tiny.en", tmp_path)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BUNDLED, "base", replace(BUNDLED["base"], parts=(("voxport-no-such-package", "model.bin"),)))
    with pytest.raises(Misconfigured, match=r"the package voxport-no-such-package is missing"):
        locate("base", tmp_path)
    assert list_models(tmp_path)[0].state is ModelState.ABSENT


def test_a_folder_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"weights")
    assert locate(str(tmp_path), tmp_path / "data") == tmp_path


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"has no model\.bin"):
        locate(str(tmp_path), tmp_path / "data")


@pytest.mark.parametrize("name", ["someone/some-model", "small"])
def test_a_hub_name_needs_leave(name: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"set VOXPORT_MODEL_DOWNLOAD=true"):
        locate(name, tmp_path)


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"There is no model 'bass': use base, tiny\.en"):
        locate("bass", tmp_path)


def test_what_can_be_had_is_known_by_a_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start looks before it begins anything, and neither unpacks nor loads."""

    def looked_for(name: str, **flags: str) -> None:
        require_model(read_settings({}, {"data": str(tmp_path), "model": name, **flags}))

    looked_for("base")
    looked_for("https://pool.example")
    looked_for("large-v3", model_download="true")
    for name, said in (("large-v9", "There is no model"), ("large-v3", "is not on this machine")):
        with pytest.raises(Misconfigured, match=said):
            looked_for(name)
    (tmp_path / "empty").mkdir()
    with pytest.raises(Misconfigured, match="name the folder of a model"):
        looked_for(str(tmp_path / "empty"))
    monkeypatch.setitem(BUNDLED, "base", replace(BUNDLED["base"], parts=(("voxport-no-such-package", "model.bin"),)))
    with pytest.raises(Misconfigured, match="voxport-no-such-package is missing"):
        looked_for("base")
    assert not (tmp_path / "models").exists()
