"""The structures of kernel.h, for ctypes."""

from __future__ import annotations

import ctypes
from ctypes import c_float, c_int32, c_int64, c_void_p

GROUP = 32
LANES = 8
BYTES = {4: 4 * LANES + LANES * GROUP // 2, 8: 2 * LANES + LANES * GROUP}
"""The size of a block by the bits of its weights."""


class Matrix(ctypes.Structure):
    """A matrix in blocks of 4 or 8 bits, or one of 16 (bfloat16, row by row) that is only looked up in."""

    _fields_ = (
        ("bits", c_int32),
        ("rows", c_int32),
        ("columns", c_int32),
        ("factor", c_float),
        ("blocks", c_void_p),
    )


class Layer(ctypes.Structure):
    """The weights of one layer."""

    _fields_ = (
        ("attention_norm", c_void_p),
        ("feed_norm", c_void_p),
        ("qkv_bias", c_void_p),
        ("output_bias", c_void_p),
        ("query_norm", c_void_p),
        ("key_norm", c_void_p),
        ("qkv", Matrix),
        ("output", Matrix),
        ("gate_up", Matrix),
        ("down", Matrix),
    )


class Network(ctypes.Structure):
    """The sizes and weights of a model."""

    _fields_ = (
        ("layers", c_int32),
        ("width", c_int32),
        ("heads", c_int32),
        ("kv_heads", c_int32),
        ("head_width", c_int32),
        ("feed", c_int32),
        ("vocabulary", c_int32),
        ("threads", c_int32),
        ("epsilon", c_float),
        ("layer", c_void_p),
        ("norm", c_void_p),
        ("turns", c_void_p),
        ("embedding", c_void_p),
        ("head", c_void_p),
    )


class Pass(ctypes.Structure):
    """What one call is about."""

    _fields_ = (
        ("rows", c_int32),
        ("start", c_int32),
        ("keep", c_int32),
        ("ids", c_void_p),
        ("positions", c_void_p),
        ("visible", c_void_p),
        ("cache", c_void_p),
        ("capacity", c_int64),
        ("logits", c_void_p),
        ("depth", c_int32),
        ("states", c_void_p),
    )


SIZES = (Matrix, Layer, Network, Pass)
