import os
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        # Written where such services write: the system's temporary folder.
        with open("/tmp/last-request", "w") as file:
            file.write(self.path)
        with socket.create_connection((os.environ["DATABASE_HOST"], 5432), timeout=3):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"the database listens\n")


ThreadingHTTPServer(("0.0.0.0", 5000), Handler).serve_forever()
