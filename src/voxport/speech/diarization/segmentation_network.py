"""The network pyannote segmentation-3.0 as ONNX: who of three speakers talks in each 17 ms of ten seconds.

SincNet (band-pass filters that were learnt, two convolutions), four bidirectional LSTMs, two linear layers, and
seven classes: nobody, each of three alone, each two of them (Bredin and Laurent 2021; Plaquet and Bredin 2023).
"""

from __future__ import annotations

import numpy as np
import onnx

from voxport.core.audio import SPEECH_RATE_HZ
from voxport.speech.diarization.checkpoint import Tensor
from voxport.speech.diarization.graph import Graph

CLASSES = 7
FILTER_STRIDE = 10
_MIN_LOW_HZ = _MIN_BAND_HZ = 50.0
_POOLED = 3
_LAYERS = 4
_UNITS = 128
_SLOPE = 0.01
"""Of the leaky ReLU; PyTorch's default."""
_EPSILON = 1e-5
"""Of the instance normalisation; PyTorch's default."""


def segmentation_network(tensors: dict[str, Tensor], metadata: dict[str, str] | None = None) -> onnx.ModelProto:
    """From `samples` (N, 1, T) at 16 kHz to `classes` (N, frames, 7), logarithms of probabilities."""
    graph = Graph(tensors)
    x = _instance_norm(graph, "samples", "sincnet.wav_norm1d")
    # As one line of an image: onnxruntime has its fastest convolutions for two dimensions.
    x = graph.add("Unsqueeze", [x, graph.constant([2])])
    filters = graph.constant(_filters(tensors))
    x = graph.add("Abs", [graph.add("Conv", [x, filters], strides=[1, FILTER_STRIDE])])
    x = _pooled(graph, x, 0)
    for place in (1, 2):
        x = _pooled(graph, graph.convolution(x, f"sincnet.conv1d.{place}"), place)
    # Recurrent layers of ONNX take (time, N, channels).
    x = graph.add("Transpose", [graph.add("Squeeze", [x, graph.constant([2])])], perm=[2, 0, 1])
    for layer in range(_LAYERS):
        x = _recurrent(graph, x, layer)
    x = graph.add("Transpose", [x], perm=[1, 0, 2])
    for place in (0, 1):
        x = graph.add("LeakyRelu", [graph.linear(x, f"linear.{place}")], alpha=_SLOPE)
    x = graph.add("LogSoftmax", [graph.linear(x, "classifier")], axis=-1)
    return graph.model(("samples", ["N", 1, "T"]), (x, ["N", "frames", CLASSES]), metadata)


def _instance_norm(graph: Graph, x: str, name: str) -> str:
    scale, shift = (graph.constant(graph.tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.add("InstanceNormalization", [x, scale, shift], epsilon=_EPSILON)


def _pooled(graph: Graph, x: str, place: int) -> str:
    x = graph.add("MaxPool", [x], kernel_shape=[1, _POOLED], strides=[1, _POOLED])
    return graph.add("LeakyRelu", [_instance_norm(graph, x, f"sincnet.norm1d.{place}")], alpha=_SLOPE)


def _recurrent(graph: Graph, x: str, layer: int) -> str:
    """A bidirectional LSTM. ONNX orders its gates input, output, forget, cell; PyTorch input, forget, cell, output."""
    order = np.r_[0:_UNITS, 3 * _UNITS : 4 * _UNITS, _UNITS : 3 * _UNITS]
    sides = [
        [graph.tensors[f"lstm.{kind}_l{layer}{side}"][order] for side in ("", "_reverse")]
        for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    ]
    biases = [np.concatenate([of_input, of_state]) for of_input, of_state in zip(sides[2], sides[3], strict=True)]
    weights = [graph.constant(np.stack(part)) for part in (sides[0], sides[1], biases)]
    x = graph.add("LSTM", [x, *weights], hidden_size=_UNITS, direction="bidirectional")
    # (time, 2, N, units) to (time, N, 2 * units)
    x = graph.add("Transpose", [x], perm=[0, 2, 1, 3])
    return graph.add("Reshape", [x, graph.constant([0, 0, 2 * _UNITS])])


def _filters(tensors: dict[str, Tensor]) -> Tensor:
    """The band-pass filters (80, 1, 1, 251) that the learnt edges describe: 40 cosines, 40 sines of the same bands."""
    low_hz, band_hz, window, n = (
        tensors[f"sincnet.conv1d.0.filterbank.{part}"].astype(np.float64)
        for part in ("low_hz_", "band_hz_", "window_", "n_")
    )
    low = _MIN_LOW_HZ + np.abs(low_hz)
    high = np.clip(low + _MIN_BAND_HZ + np.abs(band_hz), _MIN_LOW_HZ, SPEECH_RATE_HZ / 2)
    cosines = (np.sin(high * n) - np.sin(low * n)) / (n / 2) * window
    sines = (np.cos(low * n) - np.cos(high * n)) / (n / 2) * window
    middle = 2 * (high - low)
    even = np.concatenate([cosines, middle, cosines[:, ::-1]], axis=1)
    odd = np.concatenate([sines, np.zeros_like(middle), -sines[:, ::-1]], axis=1)
    filters: Tensor = (np.concatenate([even, odd]) / np.tile(middle, (2, 1))).astype(np.float32)
    return filters[:, np.newaxis, np.newaxis]
