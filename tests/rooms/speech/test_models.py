"""Models: found, unpacked once, checked; every fault is one sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rooms.speech.engines.endpoint import KEY, Endpoint, serving
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
    for name in ("model.bin", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).touch()
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


def looked_for(name: str, data_dir: Path, **flags: str) -> None:
    require_model(read_settings({}, {"data": str(data_dir), "model": name, **flags}))


@pytest.mark.parametrize(
    ("name", "flags", "said"),
    [
        ("base", {}, None),
        ("http://127.0.0.1:1", {}, None),
        ("large-v3", {"model_download": "true"}, None),
        ("large-v3", {}, "is not on this machine"),
        ("large-v9", {}, "There is no model"),
        ("ftp://pool.example", {}, "VOXPORT_MODEL .* cannot be used"),
        ("base", {"remote_key": "secret"}, "VOXPORT_REMOTE_KEY has no effect"),
        ("{tmp}/empty", {}, "name the folder of a model"),
        ("{tmp}/onnx", {}, "config.json"),
        (
            "{tmp}/weights",
            {},
            r"The model folder .* has no tokenizer\.json and no vocabulary\.\* beside its model\.bin",
        ),
        ("x" * 300, {}, "The model folder x+ cannot be read: File name too long"),
        ("~nobody-of-that-name/model", {}, "The model folder ~nobody-of-that-name/model cannot be read"),
        ("base", {"device": "cuda"}, "VOXPORT_DEVICE=cuda cannot be used: no GPU is found on this machine"),
        ("base", {"gpus": "1"}, "VOXPORT_GPUS=1 cannot be used: no GPU is found on this machine"),
        ("base", {"device": "cpu", "gpus": "0"}, "VOXPORT_GPUS has no effect with VOXPORT_DEVICE=cpu"),
        (
            "base",
            {"compute_type": "float16"},
            r"VOXPORT_COMPUTE_TYPE=float16 cannot be used on the CPU .*: auto, .*int8",
        ),
        ("large-v3", {"model_download": "true", "device": "cuda"}, "VOXPORT_DEVICE=cuda cannot be used"),
        ("http://127.0.0.1:1", {"device": "cuda"}, "have no effect: VOXPORT_MODEL is an address"),
    ],
)
def test_what_can_be_had_is_known_by_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, flags: dict[str, str], said: str | None
) -> None:
    """A start looks before it begins anything, and neither unpacks nor loads."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    for folder in ("empty", "onnx", "weights"):
        (tmp_path / folder).mkdir()
    (tmp_path / "onnx" / "encoder.onnx").write_bytes(b"")
    (tmp_path / "weights" / "model.bin").write_bytes(b"")
    with pytest.raises(Misconfigured, match=said) if said else nullcontext():
        looked_for(name.format(tmp=tmp_path), tmp_path, **flags)
    assert not (tmp_path / "models").exists()


def test_a_look_finds_a_package_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BUNDLED, "base", replace(BUNDLED["base"], parts=(("voxport-no-such-package", "model.bin"),)))
    with pytest.raises(Misconfigured, match="voxport-no-such-package is missing"):
        looked_for("base", tmp_path)


def test_an_endpoint_that_will_not_serve_is_known_by_a_look(tmp_path: Path) -> None:
    with serving(Endpoint()) as endpoint:
        with pytest.raises(Misconfigured, match=r"VOXPORT_MODEL cannot be used: .* it refuses VOXPORT_REMOTE_KEY"):
            looked_for(endpoint.address, tmp_path, remote_key="another")
        looked_for(endpoint.address, tmp_path, remote_key=KEY)
        endpoint.failures.append((503, {}))
        looked_for(endpoint.address, tmp_path, remote_key=KEY)
