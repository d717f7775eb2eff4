"""A network as ONNX, put together layer by layer from the tensors of a checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from voxport.speech.diarization.checkpoint import Tensor

OPSET = 17
"""The newest set of operators in which averages and reductions take their axes as attributes."""
_IR_VERSION = 9
_BATCH_NORM_EPSILON = 1e-5
"""PyTorch's default, which both networks were trained with."""


class Graph:
    """Layers that were added so far. Each method adds one and gives the name of what comes out of it."""

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        self.tensors = tensors
        """Of the checkpoint, by name."""
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add(self, operator: str, inputs: Sequence[str], **attributes: float | int | Sequence[int] | str) -> str:
        """An operator of ONNX with one output."""
        name = f"v{len(self._nodes)}"
        node = helper.make_node(operator, list(inputs), [name])
        node.attribute.extend(helper.make_attribute(key, value) for key, value in sorted(attributes.items()))
        self._nodes.append(node)
        return name

    def constant(self, value: Tensor | Sequence[int]) -> str:
        """Numbers that are part of the network: floats as they are, sequences of integers as int64."""
        array = value if isinstance(value, np.ndarray) else np.asarray(value, np.int64)
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def convolution(self, x: str, name: str, *, norm: str | None = None, **attributes: Sequence[int]) -> str:
        """The convolution `name`; a batch normalisation `norm` that follows it is folded into its weights.

        One over time alone is written as one over (1, time): onnxruntime has its fastest kernels for two dimensions.
        """
        weight, bias = self.tensors[f"{name}.weight"], self.tensors.get(f"{name}.bias")
        if norm is not None:
            scale, shift = self.batch_norm(norm)
            weight = weight * scale.reshape(-1, *[1] * (weight.ndim - 1))
            bias = shift if bias is None else bias * scale + shift
        weight = weight[:, :, np.newaxis] if weight.ndim == 3 else weight
        inputs = [x, self.constant(weight.astype(np.float32))]
        if bias is not None:
            inputs.append(self.constant(bias.astype(np.float32)))
        return self.add("Conv", inputs, **attributes)

    def batch_norm(self, name: str) -> tuple[Tensor, Tensor]:
        """(scale, shift) by channel of a batch normalisation as it is applied after training."""
        mean, variance = (self.tensors[f"{name}.running_{kind}"] for kind in ("mean", "var"))
        scale = self.tensors.get(f"{name}.weight", np.ones_like(mean)) / np.sqrt(variance + _BATCH_NORM_EPSILON)
        return scale, self.tensors.get(f"{name}.bias", np.zeros_like(mean)) - mean * scale

    def normalised(self, x: str, norm: str) -> str:
        """A batch normalisation that no convolution comes before, and its ReLU."""
        scale, shift = (part.astype(np.float32) for part in self.batch_norm(norm))
        mean, variance = np.zeros_like(shift), np.ones_like(scale)
        parts = [self.constant(part) for part in (scale, shift, mean, variance)]
        return self.add("Relu", [self.add("BatchNormalization", [x, *parts], epsilon=0.0)])

    def linear(self, x: str, name: str) -> str:
        """The fully connected layer `name` over the last axis."""
        product = self.add("MatMul", [x, self.constant(self.tensors[f"{name}.weight"].T)])
        return self.add("Add", [product, self.constant(self.tensors[f"{name}.bias"])])

    def model(
        self,
        given: tuple[str, Sequence[int | str]],
        result: tuple[str, Sequence[int | str]],
        metadata: dict[str, str] | None = None,
    ) -> onnx.ModelProto:
        """The whole network from `given` to `result`, each (name, shape) of float32; letters are free dimensions."""
        graph = helper.make_graph(
            self._nodes,
            "network",
            [helper.make_tensor_value_info(given[0], TensorProto.FLOAT, given[1])],
            [helper.make_tensor_value_info(result[0], TensorProto.FLOAT, result[1])],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=_IR_VERSION)
        if metadata:
            helper.set_model_props(model, metadata)
        onnx.checker.check_model(model)
        return model
