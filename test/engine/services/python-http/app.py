import sqlite3
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The database lies in the working directory.
with sqlite3.connect("visits.db") as db:
    db.execute("CREATE TABLE IF NOT EXISTS visits (at TEXT)")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        with sqlite3.connect("visits.db") as db:
            db.execute("INSERT INTO visits VALUES (datetime('now'))")
            count = db.execute("SELECT count(*) FROM visits").fetchone()[0]
        body = f"visited, {count > 0}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 8103), Handler).serve_forever()
