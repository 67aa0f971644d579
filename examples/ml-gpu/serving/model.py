"""The model: loaded once, in the background, and asked one batch at a time."""

import hashlib
import logging
import threading
import time
from pathlib import Path

import numpy
import onnxruntime

log = logging.getLogger("serving.model")


class Busy(Exception):
    """Too many callers wait already."""


class Unfit(ValueError):
    """The caller's rows do not fit the model."""


class Model:
    def __init__(self, path: Path, sha256: str, require_gpu: bool, longest_queue: int):
        self._path = path
        self._sha256 = sha256
        self._require_gpu = require_gpu
        self._session: onnxruntime.InferenceSession | None = None
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(longest_queue + 1)
        self._failed = False
        self.version: str | None = None

    def load(self) -> None:
        """Never raises: what went wrong is logged and shows in `check`."""
        began = time.monotonic()
        try:
            digest = _sha256_of(self._path)
            if self._sha256 and digest != self._sha256:
                raise ValueError(f"the model's sha256 is {digest}, not the expected one")
            # Finds the CUDA libraries that pip installed, which are on no library path.
            if hasattr(onnxruntime, "preload_dlls"):
                onnxruntime.preload_dlls()
            wanted = ["CUDAExecutionProvider", "CPUExecutionProvider"]
            available = set(onnxruntime.get_available_providers())
            session = onnxruntime.InferenceSession(
                self._path.as_posix(), providers=[provider for provider in wanted if provider in available]
            )
            # The first run compiles kernels and reserves memory; better now than under the first caller.
            _try(session)
        except Exception:
            log.exception("model not loaded", extra={"fields": {"path": str(self._path)}})
            self._failed = True
            return
        self.version = digest[:12]
        self._session = session
        fields = {"version": self.version, "providers": session.get_providers(), "seconds": round(time.monotonic() - began, 1)}
        log.info("model loaded", extra={"fields": fields})

    def check(self) -> dict[str, bool]:
        session = self._session
        if session is not None and self._failed:
            # Was it one odd batch, or is the GPU gone? Nobody sends requests to a service that is not ready, so ask.
            try:
                with self._turn:
                    _try(session)
                self._failed = False
            except Exception:
                log.warning("the model still fails", exc_info=True)
        on_gpu = session is not None and session.get_providers()[0] == "CUDAExecutionProvider"
        return {"model": session is not None and not self._failed, "gpu": on_gpu or not self._require_gpu}

    def predict(self, rows: list[list[float]]) -> list[list[float]]:
        session = self._session
        if session is None:
            raise Busy
        width = _width(session)
        if any(len(row) != width for row in rows):
            raise Unfit(f"each row needs {width} numbers")
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            with self._turn:
                answer = session.run(None, {_name(session): numpy.asarray(rows, numpy.float32)})[0]
        except Exception:
            # A GPU that has fallen off the bus fails every call from now on: stop being ready until `check` finds it well.
            self._failed = True
            raise
        finally:
            self._places.release()
        self._failed = False
        return answer.tolist()


def _try(session: onnxruntime.InferenceSession) -> None:
    session.run(None, {_name(session): numpy.zeros((1, _width(session)), numpy.float32)})


def _name(session: onnxruntime.InferenceSession) -> str:
    return session.get_inputs()[0].name


def _width(session: onnxruntime.InferenceSession) -> int:
    width = session.get_inputs()[0].shape[1]
    if not isinstance(width, int):
        raise ValueError("the model's input must be [batch, width] with a fixed width")
    return width


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
