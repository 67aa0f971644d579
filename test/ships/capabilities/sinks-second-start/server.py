import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

stopping = threading.Event()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 3  # an idle connection is closed then, so that its thread ends

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/health":
            self.answer(200, "alive")
        elif self.path == "/ready":
            self.answer(503 if stopping.is_set() else 200, "ready")
        else:
            time.sleep(0.05)
            self.answer(200, "hello")

    do_POST = do_GET

    def answer(self, status, text):
        body = f"{text}\n".encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if stopping.is_set():
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close() waits for the answers under way
    request_queue_size = 128


def stop(*_):
    # A balancer needs a second to notice that this is no longer ready; until it has, all is answered as before.
    stopping.set()
    threading.Timer(2, server.shutdown).start()


server = Server(("", 8000), Handler)
signal.signal(signal.SIGTERM, stop)
server.serve_forever()
server.server_close()
