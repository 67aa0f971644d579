"""Starts the server, and ends it gently: `python -m serving`."""

import logging
import logging.config
import threading

import uvicorn

from serving import config, logs
from serving.app import app, draining

log = logging.getLogger("serving")


class Server(uvicorn.Server):
    """
    uvicorn stops listening the moment SIGTERM arrives. Here /ready says no first, while requests are still served, so
    that whoever balances the load has time to look away.
    """

    def handle_exit(self, sig, frame) -> None:
        if draining.is_set():
            return
        draining.set()
        leave = threading.Timer(config.LAME_DUCK_SECONDS, self._stop)
        leave.daemon = True
        leave.start()

    def _stop(self) -> None:
        log.info("leaving", extra={"fields": {"drainSeconds": config.DRAIN_SECONDS}})
        self.should_exit = True


def main() -> None:
    logging.config.dictConfig(logs.logging_config(config.LOG_LEVEL))
    # 0.0.0.0: inside a container, 127.0.0.1 would be reachable by its own probe alone.
    server = Server(
        uvicorn.Config(
            app,
            host="0.0.0.0",
            port=config.PORT,
            log_config=None,
            access_log=False,
            timeout_keep_alive=65,
            timeout_graceful_shutdown=config.DRAIN_SECONDS,
        )
    )
    server.run()


if __name__ == "__main__":
    main()
