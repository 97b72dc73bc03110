"""Vectors from the letters and words of a text alone, hashed: no model, but no meaning either.

Feature hashing with signs (Weinberger et al. 2009, arXiv:0902.2206).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

import numpy as np

from gateways.embeddings.tensors import Matrix
from gateways.embeddings.vectors import SentenceVectors

DIMENSIONS: Final = 2048
"""Enough for vectors of letters alone; half as many do beside a model (ADR 25)."""
LONGEST: Final = 1_000
"""Characters of a text that are read."""
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_']+(?:'[^\W\d_]+)?|0+|[^\w\s]")
_SIGN: Final = 1 << 31


class HashedGrams:
    """Implements :class:`gateways.embeddings.vectors.Embedder`.

    Words, pairs of neighbouring words, and what is inside words in threes and fours of letters;
    all digits are alike.
    """

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        """Hash into vectors of so many numbers."""
        self._dimensions = dimensions

    @property
    def fingerprint(self) -> str:
        """The way of hashing and the length of a vector."""
        return f"hashed-1-{self._dimensions}"

    def of(self, texts: Sequence[str]) -> SentenceVectors:
        """Return a row of length one for each text; what it means is how it is put."""
        codes = [[_code(gram) for gram in _grams(text[:LONGEST])] for text in texts]
        places = np.repeat(np.arange(len(texts)), [len(row) for row in codes])
        code = np.fromiter(chain.from_iterable(codes), np.int64)
        rows: Matrix = np.zeros((len(texts), self._dimensions), np.float32)
        signs = np.where(code & _SIGN, np.float32(1), np.float32(-1))
        np.add.at(rows, (places, code % self._dimensions), signs)
        used = np.nonzero(rows)
        counts = rows[used]
        rows[used] = np.sign(counts) * np.log1p(np.abs(counts))
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.maximum(lengths, np.finfo(np.float32).tiny)
        return SentenceVectors(meaning=rows, wording=rows, letters=rows)


def _code(gram: str) -> int:
    return zlib.crc32(gram.encode("utf-8", "replace"))


def _grams(text: str) -> Iterator[str]:
    words = _WORD.findall(_DIGIT.sub("0", text.lower()))
    yield from (f"word {word}" for word in words)
    yield from (f"pair {one} {other}" for one, other in pairwise(["", *words, ""]))
    for word in words:
        framed = f"<{word}>"
        for size in (3, 4):
            for at in range(len(framed) - size + 1):
                yield f"part {framed[at : at + size]}"
