"""The links, in one SQLite file. Write-ahead logging lets readers go on while one thread writes."""

import secrets
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


class Store:
    def __init__(self, folder: Path):
        self._folder = folder
        self._path = folder / "links.db"

    def _open(self) -> sqlite3.Connection:
        # A connection per request: they are cheap, and must not be shared between threads.
        connection = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def prepare(self) -> None:
        with closing(self._open()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS links (code TEXT PRIMARY KEY, url TEXT NOT NULL)")

    def add(self, url: str) -> str:
        code = secrets.token_urlsafe(6)
        with closing(self._open()) as connection:
            connection.execute("INSERT INTO links (code, url) VALUES (?, ?)", (code, url))
        return code

    def find(self, code: str) -> str | None:
        with closing(self._open()) as connection:
            row = connection.execute("SELECT url FROM links WHERE code = ?", (code,)).fetchone()
        return None if row is None else row[0]

    def check(self, least_free_bytes: int) -> dict[str, bool]:
        """Each thing the service depends on and whether it is well; never raises."""
        try:
            with closing(self._open()) as connection:
                connection.execute("BEGIN IMMEDIATE")  # a lock for writing: a read-only volume shows here
                connection.execute("ROLLBACK")
            database = True
        except sqlite3.Error:
            database = False
        try:
            disk = shutil.disk_usage(self._folder).free >= least_free_bytes
        except OSError:
            disk = False
        return {"database": database, "disk": disk}
