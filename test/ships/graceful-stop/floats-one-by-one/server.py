import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"hello\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(HTTPServer):  # one request at a time
    request_queue_size = 128


def stop(*_):
    threading.Thread(target=server.shutdown).start()


server = Server(("", 8000), Handler)
signal.signal(signal.SIGTERM, stop)
server.serve_forever()
server.server_close()
sys.exit(0)
