"""Tensors of a safetensors file, mapped into memory and never copied.

The format: eight bytes with the length of a header, the header in JSON, the numbers
(https://huggingface.co/docs/safetensors).
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_LENGTH: Final = 8
_FLOAT: Final = "F32"


class Tensors(Mapping[str, Matrix]):
    """The 32-bit tensors of one file, by name; read-only."""

    def __init__(self, file: Path) -> None:
        """Map the file.

        Raises:
            OSError: it cannot be read.
            ValueError: it is no safetensors file.
        """
        with file.open("rb") as stream:
            self._mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        begin = _LENGTH + int.from_bytes(self._mapped[:_LENGTH], "little")
        header = json.loads(self._mapped[_LENGTH:begin]) if begin <= len(self._mapped) else None
        if not isinstance(header, dict):
            raise ValueError(f"{file.name} is no safetensors file")
        self._tensors = {
            name: self._view(begin, tensor["data_offsets"], tensor["shape"])
            for name, tensor in header.items()
            if tensor.get("dtype") == _FLOAT
        }

    def _view(self, begin: int, offsets: tuple[int, int], shape: tuple[int, ...]) -> Matrix:
        count = (offsets[1] - offsets[0]) // np.dtype(np.float32).itemsize
        numbers = np.frombuffer(self._mapped, "<f4", count, begin + offsets[0])
        return numbers.reshape(shape)

    def __getitem__(self, name: str) -> Matrix:
        return self._tensors[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)

    def release(self) -> None:
        """Give the pages read so far back; they stay in the system's cache of the file."""
        self._mapped.madvise(mmap.MADV_DONTNEED)
