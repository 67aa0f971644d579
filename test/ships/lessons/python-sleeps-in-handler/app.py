"""The lesson's FastAPI program on asyncio alone: as there, one event loop in one thread answers everything.

uvicorn would put handlers of its own in the place of this one; here the lesson's handler runs as it was meant to.
"""
import asyncio
import signal
import sys
import time

active_requests = 0


async def answer(reader, writer):
    global active_requests
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            active_requests += 1
            try:
                await asyncio.sleep(0.2)  # the model thinks
                body = b'{"status":"healthy"}' if b" /health " in head else b'{"prediction":1}'
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
                await writer.drain()
            finally:
                active_requests -= 1
            if b"connection: close" in head.lower():
                break
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()


def shutdown_handler(signum, frame):
    print(f"Received signal {signum}, shutting down gracefully...")
    print(f"Waiting for {active_requests} active requests to complete...")
    waited = 0
    while active_requests > 0 and waited < 30:
        time.sleep(1)
        waited += 1
    print("Shutdown complete")
    sys.exit(0)


async def main():
    server = await asyncio.start_server(answer, "0.0.0.0", 8000)
    await server.serve_forever()


signal.signal(signal.SIGTERM, shutdown_handler)
signal.signal(signal.SIGINT, shutdown_handler)
asyncio.run(main())
