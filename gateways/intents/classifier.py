"""The classifier that the interpreter asks: learns once, remembers, ranks in milliseconds."""

from __future__ import annotations

import contextlib
import ctypes
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from ontology.dialogue.concepts import RankedIntent

if TYPE_CHECKING:
    from gateways.embeddings.vectors import Embedder
    from gateways.intents.model import Model

log = structlog.get_logger(__name__)

FILE: Final = "intents.npz"


class LearntClassifier:
    """Implements :class:`ontology.dialogue.ports.IntentClassifier`.

    Making the object does nothing. The first to ask waits until the model is read (under half a
    second) or, where none is kept yet, learnt (seconds): let :meth:`prepare` do it in a thread.
    Several threads may ask at once.
    """

    def __init__(self, directory: Path, embedder: Embedder | None = None) -> None:
        """Keep the model in ``directory``; without an embedder, use the best there is."""
        self._file = directory / FILE
        self._embedder = embedder
        self._ready: tuple[Embedder, Model] | None = None
        self._preparing = threading.Lock()

    def prepare(self) -> None:
        """Be ready to answer at once."""
        self._prepared()

    def classify(self, texts: Sequence[str]) -> list[tuple[RankedIntent, ...]]:
        """Rank all intents for each text."""
        embedder, model = self._prepared()
        return model.rank(embedder.of(texts))

    def _prepared(self) -> tuple[Embedder, Model]:
        with self._preparing:
            if self._ready is None:
                embedder = self._embedder or _best()
                self._ready = (embedder, self._model(embedder))
            return self._ready

    def _model(self, embedder: Embedder) -> Model:
        from gateways.intents.keeping import key, read, write
        from gateways.intents.learning import learn
        from gateways.intents.utterances import all_utterances, taught

        utterances = taught(all_utterances())
        wanted = key(embedder.fingerprint, utterances)
        model = read(self._file, wanted)
        if model is None:
            began = time.perf_counter()
            model = learn(embedder, utterances)
            seconds = round(time.perf_counter() - began, 1)
            _give_back()
            log.info("intents learnt", utterances=len(utterances), seconds=seconds)
            try:
                write(self._file, wanted, model)
            except OSError as error:
                log.warning("intents not kept", reason=str(error), file=str(self._file))
        return model


def _give_back() -> None:
    """Let the system have what learning needed for a moment: 40 MB that glibc would keep."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _best() -> Embedder:
    from gateways.embeddings.vectors import best_embedder

    return best_embedder()
