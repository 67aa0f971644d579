"""The HTTP side: /predict for callers, /health, /ready and /metrics for the inside."""

import logging
import threading
import time
import uuid
from collections import Counter
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, Field

from serving import config
from serving.model import Busy, Model, Unfit

log = logging.getLogger("serving")
model = Model(config.MODEL_PATH, config.MODEL_SHA256, config.REQUIRE_GPU, config.LONGEST_QUEUE)
requests: Counter = Counter()
draining = threading.Event()


class Question(BaseModel):
    rows: list[list[float]] = Field(min_length=1, max_length=config.LARGEST_BATCH)


@asynccontextmanager
async def lifespan(_app: FastAPI):
    # In the background: the port opens at once and /ready says "not yet" for the minutes a large model may take.
    threading.Thread(target=model.load, name="model-loader", daemon=True).start()
    yield


app = FastAPI(title="ml-inference", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)


@app.middleware("http")
async def observe(request: Request, call_next):
    began = time.monotonic()
    request_id = request.headers.get("x-request-id") or str(uuid.uuid4())
    try:
        response: Response = await call_next(request)
    except Exception:
        log.exception("request failed", extra={"fields": {"requestId": request_id}})
        response = JSONResponse({"error": "something went wrong here", "requestId": request_id}, 500)
    path = request.url.path
    route = path if path in ("/predict", "/health", "/ready", "/metrics") else "other"
    requests[(route, response.status_code)] += 1
    if route in ("/predict", "other"):
        milliseconds = round((time.monotonic() - began) * 1000)
        fields = {"requestId": request_id, "method": request.method, "path": path, "status": response.status_code, "ms": milliseconds}
        log.info("request", extra={"fields": fields})
    response.headers["X-Request-Id"] = request_id
    if draining.is_set():
        response.headers["Connection"] = "close"
    return response


@app.get("/health")
async def health() -> dict:
    return {"status": "healthy"}


# Neither this nor /predict is async: FastAPI runs them in threads, and /health goes on answering while the GPU works.
@app.get("/ready")
def ready() -> JSONResponse:
    checks = model.check()
    well = all(checks.values()) and not draining.is_set()
    body = {"status": "ready" if well else "not ready", "draining": draining.is_set(), "model": model.version, "checks": checks}
    return JSONResponse(body, 200 if well else 503)


@app.get("/metrics")
def metrics() -> PlainTextResponse:
    lines = ["# TYPE http_requests_total counter"]
    lines += [f'http_requests_total{{route="{route}",status="{status}"}} {count}' for (route, status), count in sorted(requests.items())]
    lines += ["# TYPE model_ready gauge", f"model_ready {int(all(model.check().values()))}"]
    return PlainTextResponse("\n".join(lines) + "\n")


@app.post("/predict")
def predict(question: Question) -> JSONResponse:
    try:
        return JSONResponse({"model": model.version, "answers": model.predict(question.rows)})
    except Busy:
        return JSONResponse({"error": "busy, try again"}, 503, headers={"Retry-After": "1"})
    except Unfit as fault:
        return JSONResponse({"error": str(fault)}, 422)
