"""The lesson's Flask program on http.server; app.run() as well answers every request in a thread of its own."""
import json
import shutil
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def check_redis():
    try:
        with socket.create_connection(("cache", 6379), timeout=2) as cache:
            cache.sendall(b"PING\r\n")
            return cache.recv(7).startswith(b"+PONG")
    except OSError:
        return False


def health():
    checks = {"redis": check_redis(), "disk_space": shutil.disk_usage("/").free > 100_000_000}
    status = "healthy" if all(checks.values()) else "unhealthy"
    return 200 if status == "healthy" else 503, {"status": status, "checks": checks}


class App(BaseHTTPRequestHandler):
    def do_GET(self):
        status, answer = health() if self.path == "/health" else (200, {"hello": "world"})
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("0.0.0.0", 5000), App).serve_forever()
