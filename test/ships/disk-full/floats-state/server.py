import json
import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

stopping = threading.Event()
one_at_a_time = threading.Lock()
STATE = "/data/state.json"


def take(order):
    """Raises OSError when there is no room; orders that were taken before stay."""
    with one_at_a_time:
        state = json.load(open(STATE)) if os.path.exists(STATE) else {"taken": 0, "outbox": []}
        state["taken"] += 1
        state["outbox"].append(order * 100)
        if len(state["outbox"]) > 20:
            state["outbox"] = []  # sent
        with open(STATE + ".new", "w") as file:
            json.dump(state, file)
        os.replace(STATE + ".new", STATE)
        return state["taken"]



class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 3  # an idle connection is closed then, so that its thread ends

    def do_GET(self):
        order = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/health":
            self.answer(200, "alive")
        elif self.path == "/ready":
            self.answer(503 if stopping.is_set() else 200, "ready")
        else:
            try:
                self.answer(201, str(take(order)))
            except (OSError, ValueError) as error:
                self.answer(507, str(error))

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
