import os
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer


def increment():
    with socket.create_connection((os.environ["REDIS_HOST"], 6379), timeout=3) as redis:
        redis.sendall(b"INCR visits\r\n")
        return int(redis.recv(100).decode().strip().lstrip(":"))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"counted {increment() > 0}\n".encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("0.0.0.0", 8107), Handler).serve_forever()
