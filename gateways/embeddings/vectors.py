"""Which vectors there are on this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import structlog

if TYPE_CHECKING:
    from gateways.embeddings.tensors import Matrix

log = structlog.get_logger(__name__)


class SentenceVectors(NamedTuple):
    """Three rows for each of some texts.

    ``meaning`` has length one and points to what is spoken of. ``wording`` also tells how it is
    put, as a question, a report or an order; its numbers have no common scale. ``letters`` has
    length one and knows only what is written.
    """

    meaning: Matrix
    wording: Matrix
    letters: Matrix


class Embedder(Protocol):
    """Places texts in a space; deterministic, without a state that is seen outside."""

    @property
    def fingerprint(self) -> str:
        """What these vectors depend on beside the text: changes whenever they would."""
        ...

    def of(self, texts: Sequence[str]) -> SentenceVectors:
        """Return the vectors of texts, each as if it came alone. Never raises."""
        ...


def best_embedder() -> Embedder:
    """Return MiniLM where it is installed, else hashed n-grams, said in the log.

    Takes a quarter of a second the first time, for numpy and the weights.
    """
    # Two threads on a busy machine of two cores wait for one another: 898 ms instead of 13 at
    # the 99th percentile. OpenBLAS reads this when numpy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from gateways.embeddings.hashed import HashedGrams

    try:
        return _minilm()
    except (ImportError, OSError, ValueError) as error:
        log.warning("vectors without a model", reason=str(error), instead="hashed n-grams")
        return HashedGrams()


def _minilm() -> Embedder:
    from gateways.embeddings.minilm import MiniLM, installed_model

    return MiniLM(installed_model())
