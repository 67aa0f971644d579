"""Writes a consistent copy of the database to stdout while the service goes on (a copy of the file would not be)."""

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from links import config

# Beside the database: /tmp is a small tmpfs, and the copy may be as large as the original.
with tempfile.TemporaryDirectory(dir=config.DATA_DIR, prefix="backup-") as folder:
    copy = Path(folder) / "links.db"
    with closing(sqlite3.connect(config.DATA_DIR / "links.db")) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        sys.exit(f"the copy is broken: {verdict}")
    with copy.open("rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer)
