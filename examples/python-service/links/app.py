"""The WSGI application: gunicorn calls `application`."""

import hmac
import json
import logging
import threading
import time
import uuid
from collections import Counter
from urllib.parse import urlsplit

from links import config
from links.store import Store

LARGEST_BODY_BYTES = 8 * 1024
REASONS = {200: "OK", 201: "Created", 302: "Found", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found",
           405: "Method Not Allowed", 413: "Content Too Large", 500: "Internal Server Error", 503: "Service Unavailable"}

log = logging.getLogger("links")


class Refused(Exception):
    """The caller's fault: a status and a sentence for them."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status


class Links:
    def __init__(self, store: Store, token: str):
        self._store = store
        self._token = token
        self._requests: Counter = Counter()
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        began = time.monotonic()
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        request_id = environ.get("HTTP_X_REQUEST_ID") or str(uuid.uuid4())
        draining = config.DRAINING_FILE.exists()
        try:
            route, status, headers, body = self._answer(method, path, environ, draining)
        except Refused as refused:
            route, status, headers, body = "refused", refused.status, [], _json({"error": str(refused)})
        except Exception:
            log.exception("request failed", extra={"fields": {"requestId": request_id}})
            route, status, headers, body = "failed", 500, [], _json({"error": "something went wrong here"})

        with self._lock:
            self._requests[(method if method in ("GET", "POST") else "other", route, status)] += 1
        if route not in ("/health", "/ready", "/metrics"):
            milliseconds = round((time.monotonic() - began) * 1000)
            fields = {"requestId": request_id, "method": method, "path": path, "status": status, "ms": milliseconds}
            log.info("request", extra={"fields": fields})

        headers = [*headers, ("Content-Length", str(len(body))), ("X-Request-Id", request_id)]
        if not any(name == "Content-Type" for name, _ in headers):
            headers.append(("Content-Type", "application/json"))
        start_response(f"{status} {REASONS[status]}", headers)
        return [body]

    def _answer(self, method, path, environ, draining):
        if path == "/health" and method == "GET":
            return "/health", 200, [], _json({"status": "healthy"})
        if path == "/ready" and method == "GET":
            checks = self._store.check(config.LEAST_FREE_BYTES)
            ready = all(checks.values()) and not draining
            body = {"status": "ready" if ready else "not ready", "draining": draining, "checks": checks}
            return "/ready", 200 if ready else 503, [], _json(body)
        if path == "/metrics" and method == "GET":
            # Of the worker process that happened to answer; a scrape sees each of them in turn.
            return "/metrics", 200, [("Content-Type", "text/plain; version=0.0.4")], self._metrics()
        if path == "/links":
            if method != "POST":
                raise Refused(405, "POST a link here")
            self._check_token(environ)
            code = self._store.add(_wanted_url(environ))
            return "/links", 201, [("Location", f"/l/{code}")], _json({"code": code})
        if path.startswith("/l/") and method == "GET":
            url = self._store.find(path[len("/l/"):])
            if url is None:
                raise Refused(404, "no such link")
            return "/l/:code", 302, [("Location", url)], b""
        raise Refused(404, "no such page")

    def _check_token(self, environ) -> None:
        given = environ.get("HTTP_AUTHORIZATION", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            raise Refused(401, "this needs the token")

    def _metrics(self) -> bytes:
        with self._lock:
            counted = sorted(self._requests.items())
        lines = ["# TYPE http_requests_total counter"]
        for (method, route, status), count in counted:
            lines.append(f'http_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}')
        return ("\n".join(lines) + "\n").encode()


def _json(body: dict) -> bytes:
    return json.dumps(body).encode()


def _wanted_url(environ) -> str:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise Refused(400, "Content-Length is not a number") from None
    if length > LARGEST_BODY_BYTES:
        raise Refused(413, f"the body is larger than {LARGEST_BODY_BYTES} bytes")
    try:
        url = json.loads(environ["wsgi.input"].read(length))["url"]
        parts = urlsplit(url)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(400, 'the body must be JSON with a "url"') from None
    # Control characters would end up in a header.
    if parts.scheme not in ("http", "https") or not parts.netloc or not url.isascii() or not url.isprintable():
        raise Refused(400, "the url must be http or https, in plain ASCII")
    return url


def create() -> Links:
    store = Store(config.DATA_DIR)
    store.prepare()
    return Links(store, config.api_token())
