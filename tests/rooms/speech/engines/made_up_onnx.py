"""Tiny ONNX models in the forms of NeMo's exports: they write "low" and "high" for sounds of two bands."""

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
    """A CTC model, in which a token stands for as long as its sound; `ending` names the arithmetic (`.int8`)."""
    _save(
        _graph("ctc", _ctc_nodes(), _SOUND_IN, [_tensor("logprobs", ["batch", "steps", 3])]), folder, f"model{ending}"
    )
    _describe(folder, "nemo-conformer-ctc")
    return folder


def write_transducer(folder: Path) -> Path:
    """A TDT model (as Parakeet's are): an encoder, and a network that joins its frames with what was said last."""
    outputs = [_tensor("outputs", ["batch", 3, "steps"]), _tensor("encoded_lengths", ["batch"], TensorProto.INT64)]
    _save(_graph("encoder", _encoder_nodes(), _SOUND_IN, outputs), folder, "encoder-model")
    inputs = [
        _tensor("encoder_outputs", [1, 3, 1]),
        _tensor("targets", [1, 1], TensorProto.INT32),
        _tensor("target_length", [1], TensorProto.INT32),
        *(_tensor(f"input_states_{number}", [1, 1, 1]) for number in (1, 2)),
    ]
    outputs = [
        _tensor("outputs", [1, 1, 1, 5]),
        *(_tensor(f"output_states_{number}", [1, 1, 1]) for number in (1, 2)),
    ]
    _save(_graph("joint", _joint_nodes(), inputs, outputs), folder, "decoder_joint-model")
    _describe(folder, "nemo-conformer-tdt")
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


def _save(graph: onnx.GraphProto, folder: Path, name: str) -> None:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    folder.mkdir(exist_ok=True)
    onnx.save(model, folder / f"{name}.onnx")


def _describe(folder: Path, model_type: str) -> None:
    (folder / "vocab.txt").write_text("▁low 0\n▁high 1\n<blk> 2\n", "utf-8")
    (folder / "config.json").write_text(json.dumps({"model_type": model_type, "features_size": 80}), "utf-8")


def _tensor(name: str, shape: list[int | str], kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


_SOUND_IN = [_tensor("audio_signal", ["batch", 80, "frames"]), _tensor("length", ["batch"], TensorProto.INT64)]


def _graph(
    name: str,
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
) -> onnx.GraphProto:
    """With the constants that the nodes name."""
    used = {one for node in nodes for one in node.input}
    constants = [numpy_helper.from_array(value, name) for name, value in _CONSTANTS.items() if name in used]
    return helper.make_graph(nodes, name, inputs, outputs, constants)


_CONSTANTS = {
    "time": np.array([2]),
    "every": np.array([_SUBSAMPLING]),
    "one": np.array([1]),
    "zero": np.array([0]),
    "end": np.array([np.iinfo(np.int64).max]),
    "mels": np.array([1]),
    "sharp": np.array(10.0, np.float32),
    "bias": np.array(5.0, np.float32),
    "three": np.array(3, np.int32),
    "off_on": np.array([0.0, 50.0], np.float32),
    "tokens_only": np.array([1.0, 1.0, 0.0], np.float32),
    "durations": np.array([0.0, 1.0], np.float32),
    "flat": np.array([-1]),
    "four_axes": np.array([1, 1, 1, -1]),
    **{f"{name}_first": np.array([first]) for name, (first, _) in _MEL_BANDS.items()},
    **{f"{name}_last": np.array([last]) for name, (_, last) in _MEL_BANDS.items()},
}


def _score_nodes() -> list[onnx.NodeProto]:
    """Every eighth frame: the mean of each band against a constant for "nothing"; `scores` is (batch, 3, steps)."""
    nodes = [helper.make_node("Slice", ["audio_signal", "zero", "end", "time", "every"], ["some"])]
    for name in _MEL_BANDS:
        nodes += [
            helper.make_node("Slice", ["some", f"{name}_first", f"{name}_last", "mels"], [f"{name}_bands"]),
            helper.make_node("ReduceMean", [f"{name}_bands", "mels"], [f"{name}_mean"], keepdims=1),
            helper.make_node("Mul", [f"{name}_mean", "sharp"], [f"{name}_score"]),
        ]
    return [
        *nodes,
        helper.make_node("Sub", ["low_score", "low_score"], ["nothing"]),
        helper.make_node("Add", ["nothing", "bias"], ["blank_score"]),
        helper.make_node("Concat", ["low_score", "high_score", "blank_score"], ["scores"], axis=1),
    ]


def _ctc_nodes() -> list[onnx.NodeProto]:
    return [
        *_score_nodes(),
        helper.make_node("Transpose", ["scores"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("LogSoftmax", ["turned"], ["logprobs"], axis=-1),
    ]


def _encoder_nodes() -> list[onnx.NodeProto]:
    return [
        *_score_nodes(),
        helper.make_node("Identity", ["scores"], ["outputs"]),
        helper.make_node("Sub", ["length", "one"], ["before_end"]),
        helper.make_node("Div", ["before_end", "every"], ["whole_steps"]),
        helper.make_node("Add", ["whole_steps", "one"], ["encoded_lengths"]),
    ]


def _joint_nodes() -> list[onnx.NodeProto]:
    """The scores of a frame, without the token that was said last; each frame lasts one step."""
    return [
        helper.make_node("Reshape", ["encoder_outputs", "flat"], ["frame"]),
        helper.make_node("Reshape", ["targets", "flat"], ["last"]),
        helper.make_node("OneHot", ["last", "three", "off_on"], ["marked"], axis=-1),
        helper.make_node("Reshape", ["marked", "flat"], ["said"]),
        helper.make_node("Mul", ["said", "tokens_only"], ["taken_off"]),
        helper.make_node("Sub", ["frame", "taken_off"], ["logits"]),
        helper.make_node("Concat", ["logits", "durations"], ["joined"], axis=0),
        helper.make_node("Reshape", ["joined", "four_axes"], ["outputs"]),
        helper.make_node("Identity", ["input_states_1"], ["output_states_1"]),
        helper.make_node("Identity", ["input_states_2"], ["output_states_2"]),
    ]
