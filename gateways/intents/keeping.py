"""A model as a file: numbers only, never half written, never believed when damaged."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final, cast

import numpy as np

import gateways.embeddings
import gateways.intents
from gateways.intents.model import Model, Scale, Weights
from gateways.intents.utterances import Utterance
from ontology.dialogue.concepts import Intent

_DAMAGED: Final = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


def key(fingerprint: str, utterances: Sequence[Utterance]) -> str:
    """Return a hash of what a model depends on: vectors, utterances, the code that learns."""
    digest = hashlib.sha256(f"{fingerprint} {np.__version__}\n".encode())
    for said in utterances:
        digest.update(f"{said.intent} {said.text}\n".encode())
    for source in _sources():
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for package in (gateways.embeddings, gateways.intents):
        yield from sorted(Path(str(package.__file__)).parent.glob("*.py"))


def read(file: Path, wanted: str) -> Model | None:
    """Return the model kept in a file; None if it is absent, damaged or of another key."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            return _model(kept) if str(kept["key"]) == wanted else None
    except _DAMAGED:
        return None


def write(file: Path, wanted: str, model: Model) -> None:
    """Keep a model in place of another one.

    Raises:
        OSError: the directory cannot be written to.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            _write(stream, wanted, model)
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(file)
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


def _write(stream: IO[bytes], wanted: str, model: Model) -> None:
    np.savez(
        stream,
        key=np.array(wanted),
        intents=np.array([intent.value for intent in model.intents]),
        centre=model.scale.centre,
        spread=model.scale.spread,
        wording=model.weights.wording,
        letters=model.weights.letters,
        examples=model.examples,
        numbers=np.array([model.temperature, model.line]),
    )


def _model(kept: Any) -> Model:
    temperature, line = cast("list[float]", kept["numbers"].tolist())
    return Model(
        intents=tuple(Intent(value) for value in kept["intents"].tolist()),
        scale=Scale(kept["centre"], kept["spread"]),
        weights=Weights(kept["wording"], kept["letters"]),
        temperature=temperature,
        examples=kept["examples"],
        line=line,
    )
