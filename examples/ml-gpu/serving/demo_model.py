"""
Writes a tiny model to stdout, for trying the service without one: four numbers in, three shares out that add up to 1.
ONNX files are protobuf messages; this one is small enough to put together by hand. Field numbers: onnx.proto3.
"""

import struct
import sys


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, value: bytes | str) -> bytes:
    content = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _tensor_type(name: str, width: int) -> bytes:
    shape = _part(1, _part(2, "batch")) + _part(1, _number(1, width))
    return _part(1, name) + _part(2, _part(1, _number(1, 1) + _part(2, shape)))  # element type 1 is float32


def _node(operator: str, inputs: list[str], output: str) -> bytes:
    return b"".join(_part(1, name) for name in inputs) + _part(2, output) + _part(4, operator)


WEIGHTS = [0.2, -0.1, 0.4, 0.5, 0.3, -0.2, -0.3, 0.6, 0.1, 0.1, -0.4, 0.2]
weights = _number(1, 4) + _number(1, 3) + _number(2, 1) + _part(8, "weights") + _part(9, struct.pack("<12f", *WEIGHTS))
graph = (
    _part(1, _node("MatMul", ["rows", "weights"], "scores"))
    + _part(1, _node("Softmax", ["scores"], "answers"))
    + _part(2, "demo")
    + _part(5, weights)
    + _part(11, _tensor_type("rows", 4))
    + _part(12, _tensor_type("answers", 3))
)
sys.stdout.buffer.write(_number(1, 8) + _part(7, graph) + _part(8, _number(2, 17)))  # IR version 8, operators of version 17
