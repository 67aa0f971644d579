"""The lesson's handler over http.server: it prints, closes the database, and exits."""
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class App(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(0.1)
        self.send_response(200)
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"hello\n")


def signal_handler(sig, frame):
    print("Graceful shutdown...")
    sys.exit(0)


signal.signal(signal.SIGTERM, signal_handler)
signal.signal(signal.SIGINT, signal_handler)
ThreadingHTTPServer(("0.0.0.0", 8000), App).serve_forever()
