"""What the service can be told, read once from the environment."""

import os
from pathlib import Path


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    value = default if text == "" else int(text)
    if value < 0:
        raise ValueError(f"{name} must not be negative")
    return value


PORT = _number("PORT", 8000)
LOG_LEVEL = os.environ.get("LOG_LEVEL", "info").upper()

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "/models/model.onnx"))
# The model is part of the release: another file under the same name must not go live unnoticed. Empty = not checked.
MODEL_SHA256 = os.environ.get("MODEL_SHA256", "").lower()
# Without a usable GPU, ONNX Runtime goes on with the CPU and says so only in a log line. Here that is a fault.
REQUIRE_GPU = os.environ.get("REQUIRE_GPU", "true").lower() == "true"

LARGEST_BATCH = _number("LARGEST_BATCH", 64)
# One inference at a time on the GPU; this many may wait for their turn before callers hear 503.
LONGEST_QUEUE = _number("LONGEST_QUEUE", 32)

# After SIGTERM: this long not ready but still serving, then this long for what is in flight. Their sum stays below
# stop_grace_period in compose.yaml.
LAME_DUCK_SECONDS = _number("LAME_DUCK_SECONDS", 5)
DRAIN_SECONDS = _number("DRAIN_SECONDS", 45)
