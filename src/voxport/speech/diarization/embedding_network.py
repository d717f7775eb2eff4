"""The network CAM++ as ONNX: from the spectrum of some speech to a vector that tells voices apart (Wang et al. 2023).

Convolutions over time and frequency, then densely connected layers over time, each weighed by its context, then mean
and deviation over time.
"""

from __future__ import annotations

import numpy as np
import onnx

from voxport.speech.diarization.checkpoint import Tensor
from voxport.speech.diarization.graph import Graph

BANDS = 80
EMBEDDING_SIZE = 192
_BLOCKS = ((12, 1), (24, 2), (16, 2))
"""(layers, dilation) of the dense blocks."""
_CONTEXT_FRAMES = 100
"""A layer's context is the mean over so many of its frames (2 s), and over all."""
MOST_FRAMES = 2 * _CONTEXT_FRAMES
"""Of the spectrum, which has two for one of a layer, in which both means are the same."""
_CHANNELS = 32
"""Of the convolutions over time and frequency."""


def embedding_network(
    tensors: dict[str, Tensor], metadata: dict[str, str] | None = None, *, brief: bool = True
) -> onnx.ModelProto:
    """From `features` (N, T, 80), the log spectrum less its mean, to `embedding` (N, 192).

    A `brief` one is right for T up to `MOST_FRAMES` and takes a fifth less; one that is not, for any T.
    """
    graph = Graph(tensors)
    x = graph.add("Unsqueeze", [graph.add("Transpose", ["features"], perm=[0, 2, 1]), graph.constant([1])])
    x = _head(graph, x)
    x = graph.convolution(
        x, "xvector.tdnn.linear", norm="xvector.tdnn.nonlinear.batchnorm", strides=[1, 2], pads=[0, 2, 0, 2]
    )
    x = graph.add("Relu", [x])
    for block, (layers, dilation) in enumerate(_BLOCKS, start=1):
        for layer in range(1, layers + 1):
            x = _dense(graph, x, f"xvector.block{block}.tdnnd{layer}", dilation, brief)
        x = graph.normalised(x, f"xvector.transit{block}.nonlinear.batchnorm")
        x = graph.convolution(x, f"xvector.transit{block}.linear")
    x = _statistics(graph, graph.normalised(x, "xvector.out_nonlinear.batchnorm"))
    x = graph.convolution(x, "xvector.dense.linear", norm="xvector.dense.nonlinear.batchnorm")
    x = graph.add("Squeeze", [x, graph.constant([2, 3])])
    return graph.model(("features", ["N", "T", BANDS]), (x, ["N", EMBEDDING_SIZE]), metadata)


def _head(graph: Graph, x: str) -> str:
    x = _convolved(graph, x, "head", 1)
    x = graph.add("Relu", [x])
    for layer in ("layer1", "layer2"):
        for place, stride in ((0, 2), (1, 1)):
            name = f"head.{layer}.{place}"
            inner = _convolved(graph, graph.add("Relu", [_convolved(graph, x, name, 1, stride)]), name, 2)
            if stride == 2:
                x = graph.convolution(x, f"{name}.shortcut.0", norm=f"{name}.shortcut.1", strides=[stride, 1])
            x = graph.add("Relu", [graph.add("Add", [inner, x])])
    x = graph.add("Relu", [_convolved(graph, x, "head", 2, 2)])
    return graph.add("Reshape", [x, graph.constant([0, _CHANNELS * BANDS // 8, 1, -1])])


def _convolved(graph: Graph, x: str, name: str, number: int, stride: int = 1) -> str:
    return graph.convolution(
        x, f"{name}.conv{number}", norm=f"{name}.bn{number}", strides=[stride, 1], pads=[1, 1, 1, 1]
    )


def _dense(graph: Graph, x: str, name: str, dilation: int, brief: bool) -> str:
    """What is known so far, and what this layer makes of it."""
    inner = graph.normalised(x, f"{name}.nonlinear1.batchnorm")
    inner = graph.convolution(inner, f"{name}.linear1", norm=f"{name}.nonlinear2.batchnorm")
    inner = graph.add("Relu", [inner])
    local = graph.convolution(
        inner, f"{name}.cam_layer.linear_local", dilations=[1, dilation], pads=[0, dilation, 0, dilation]
    )
    context = graph.add("GlobalAveragePool", [inner])
    context = graph.add("Add", [context, context if brief else _own_context(graph, inner)])
    context = graph.add("Relu", [graph.convolution(context, f"{name}.cam_layer.linear1")])
    weights = graph.add("Sigmoid", [graph.convolution(context, f"{name}.cam_layer.linear2")])
    return graph.add("Concat", [x, graph.add("Mul", [local, weights])], axis=1)


def _own_context(graph: Graph, x: str) -> str:
    """For each frame the mean over its own two seconds (the last may be shorter)."""
    width = [1, _CONTEXT_FRAMES]
    means = graph.add("AveragePool", [x], kernel_shape=width, strides=width, ceil_mode=1)
    spread = graph.add("Unsqueeze", [means, graph.constant([4])])
    spread = graph.add("Expand", [spread, graph.constant([1, 1, 1, 1, _CONTEXT_FRAMES])])
    spread = graph.add("Reshape", [spread, graph.constant([0, 0, 1, -1])])
    length = graph.add("Shape", [x], start=3, end=4)
    return graph.add("Slice", [spread, graph.constant([0]), length, graph.constant([3])])


def _statistics(graph: Graph, x: str) -> str:
    """Mean and standard deviation over time (with n - 1), one after the other, shape (N, 2 * channels, 1, 1)."""
    mean = graph.add("GlobalAveragePool", [x])
    apart = graph.add("Sub", [x, mean])
    squares = graph.add("ReduceSum", [graph.add("Mul", [apart, apart]), graph.constant([3])], keepdims=1)
    length = graph.add("Cast", [graph.add("Shape", [x], start=3, end=4)], to=1)
    one = graph.constant(np.ones(1, np.float32))
    variance = graph.add("Div", [squares, graph.add("Sub", [length, one])])
    return graph.add("Concat", [mean, graph.add("Sqrt", [variance])], axis=1)
