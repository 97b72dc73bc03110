"""A safetensors file is mapped, never copied, and checked before it is believed."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gateways.embeddings.tensors import Tensors


def written(path, tensors):
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, numbers in tensors.items():
        kind = {"float32": "F32", "int64": "I64"}[str(numbers.dtype)]
        end = len(data) + numbers.nbytes
        header[name] = {"dtype": kind, "shape": numbers.shape, "data_offsets": [len(data), end]}
        data += numbers.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return path


def test_tensors_come_by_name_in_their_shape(tmp_path):
    first = np.arange(6, dtype=np.float32).reshape(2, 3)
    second = np.ones(4, dtype=np.float32)

    tensors = Tensors(written(tmp_path / "x", {"first": first, "second": second}))

    assert list(tensors) == ["first", "second"]
    assert np.array_equal(tensors["first"], first)
    assert np.array_equal(tensors["second"], second)


def test_what_is_no_32_bit_number_is_left_out(tmp_path):
    tensors = Tensors(written(tmp_path / "x", {"ids": np.arange(3)}))

    assert len(tensors) == 0


def test_tensors_cannot_be_changed_and_survive_a_release(tmp_path):
    tensors = Tensors(written(tmp_path / "x", {"a": np.ones(2, dtype=np.float32)}))

    tensors.release()

    assert tensors["a"].tolist() == [1, 1]
    assert not tensors["a"].flags.writeable


@pytest.mark.parametrize("content", [b"no", b"\xff" * 16, b"\x02" + bytes(7) + b"[]"])
def test_another_file_is_refused(tmp_path, content):
    file = tmp_path / "x"
    file.write_bytes(content)

    with pytest.raises(ValueError, match="no safetensors file"):
        Tensors(file)
