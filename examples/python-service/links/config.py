"""What the service can be told, read once from the environment. The one secret comes as a file."""

import os
from pathlib import Path


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    if text == "":
        return default
    value = int(text)
    if value < 0:
        raise ValueError(f"{name} must not be negative")
    return value


def _secret(name: str) -> str:
    path = os.environ.get(f"{name}_FILE", "")
    if path == "":
        raise ValueError(f"{name}_FILE is not set")
    return Path(path).read_text(encoding="utf-8").strip()


DATA_DIR = Path(os.environ.get("DATA_DIR", "/data"))
PORT = _number("PORT", 8000)
WORKERS = _number("WORKERS", 2)
THREADS = _number("THREADS", 4)
LOG_LEVEL = os.environ.get("LOG_LEVEL", "info").upper()

# After SIGTERM: this long not ready but still serving, then this long for what is in flight. Their sum stays below
# stop_grace_period in compose.yaml.
LAME_DUCK_SECONDS = _number("LAME_DUCK_SECONDS", 5)
GRACEFUL_SECONDS = _number("GRACEFUL_SECONDS", 20)

# Below this much free space the service says it is not ready: SQLite would fail in the middle of a write.
LEAST_FREE_BYTES = _number("LEAST_FREE_BYTES", 16 * 1024 * 1024)

# The master process makes this file when it is told to stop; the workers' /ready looks for it.
DRAINING_FILE = Path("/tmp") / f"links-draining-{PORT}"


def api_token() -> str:
    return _secret("API_TOKEN")
