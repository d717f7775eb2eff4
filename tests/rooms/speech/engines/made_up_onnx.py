"""A tiny ONNX model in the form of a NeMo CTC export: it writes "low" and "high" for sounds of two bands."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from voxport.core.audio import SPEECH_RATE_HZ
from voxport.speech.levels import Floats

LOW_HZ = (200, 800)
HIGH_HZ = (2500, 5000)
_MEL_BANDS = {"low": (6, 20), "high": (51, 67)}
"""Of the 80 mel bands of such models, those that lie inside the two bands."""
_SUBSAMPLING = 8


def write_model(folder: Path, *, ending: str = "") -> Path:
    """`ending` names the arithmetic of the file (`.int8`)."""
    folder.mkdir(exist_ok=True)
    onnx.save(_model(), folder / f"model{ending}.onnx")
    (folder / "vocab.txt").write_text("▁low 0\n▁high 1\n<blk> 2\n", "utf-8")
    (folder / "config.json").write_text(json.dumps({"model_type": "nemo-conformer-ctc", "features_size": 80}), "utf-8")
    return folder


def sound(*parts: tuple[tuple[int, int] | None, float]) -> Floats:
    """Bands of noise, or None for a pause, each with its seconds, over faint noise."""
    chance = np.random.default_rng(3)
    pieces = []
    for band, seconds in parts:
        noise = chance.normal(size=int(seconds * SPEECH_RATE_HZ))
        if band is not None:
            spectrum = np.fft.rfft(noise)
            hz = np.fft.rfftfreq(noise.size, 1 / SPEECH_RATE_HZ)
            spectrum[(hz < band[0]) | (hz > band[1])] = 0
            piece = np.fft.irfft(spectrum, noise.size)
            pieces.append(0.2 * piece / np.abs(piece).max())
        else:
            pieces.append(np.zeros(noise.size))
    whole = np.concatenate(pieces)
    return np.asarray(whole + 0.0005 * chance.normal(size=whole.size), np.float32)


def _model() -> onnx.ModelProto:
    """Every eighth frame: the mean of each band against a constant for "nothing"."""
    constants = {
        "time": np.array([2]),
        "every": np.array([_SUBSAMPLING]),
        "zero": np.array([0]),
        "end": np.array([np.iinfo(np.int64).max]),
        "mels": np.array([1]),
        "sharp": np.array(10.0, np.float32),
        "bias": np.array(5.0, np.float32),
    }
    nodes = [
        helper.make_node("Slice", ["audio_signal", "zero", "end", "time", "every"], ["some"]),
    ]
    for name, (first, last) in _MEL_BANDS.items():
        constants[f"{name}_first"], constants[f"{name}_last"] = np.array([first]), np.array([last])
        nodes += [
            helper.make_node("Slice", ["some", f"{name}_first", f"{name}_last", "mels"], [f"{name}_bands"]),
            helper.make_node("ReduceMean", [f"{name}_bands", "mels"], [f"{name}_mean"], keepdims=1),
            helper.make_node("Mul", [f"{name}_mean", "sharp"], [f"{name}_score"]),
        ]
    nodes += [
        helper.make_node("Sub", ["low_score", "low_score"], ["nothing"]),
        helper.make_node("Add", ["nothing", "bias"], ["blank_score"]),
        helper.make_node("Concat", ["low_score", "high_score", "blank_score"], ["scores"], axis=1),
        helper.make_node("Transpose", ["scores"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("LogSoftmax", ["turned"], ["logprobs"], axis=-1),
    ]
    graph = helper.make_graph(
        nodes,
        "bands",
        [
            helper.make_tensor_value_info("audio_signal", TensorProto.FLOAT, ["batch", 80, "frames"]),
            helper.make_tensor_value_info("length", TensorProto.INT64, ["batch"]),
        ],
        [helper.make_tensor_value_info("logprobs", TensorProto.FLOAT, ["batch", "steps", 3])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model
