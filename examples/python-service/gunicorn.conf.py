"""How gunicorn serves links.app, and how it leaves."""

import signal

# Not "config": gunicorn has a setting of that name.
from links import config as links_config
from links import logs as links_logs

bind = f"0.0.0.0:{links_config.PORT}"
wsgi_app = "links.app:create()"
worker_class = "gthread"
workers = links_config.WORKERS
threads = links_config.THREADS
timeout = 30
graceful_timeout = links_config.GRACEFUL_SECONDS
keepalive = 65

# Workers tell the master that they live by touching a file: in memory, since a disk may stall.
worker_tmp_dir = "/dev/shm"
# The root filesystem is read-only and nobody steers this process from inside the container.
control_socket_disable = True

# The application logs each request itself, as JSON with its own fields.
accesslog = None
logconfig_dict = links_logs.logging_config(links_config.LOG_LEVEL)


def on_starting(server):
    links_config.DRAINING_FILE.unlink(missing_ok=True)


def when_ready(server):
    """
    gunicorn closes its sockets the moment SIGTERM arrives, so whoever balances the load still sends requests to a
    closed port. Here SIGTERM first makes /ready say no, and only after the lame-duck time does gunicorn hear of it.
    Workers set up signals of their own after they are forked and so keep their usual handlers.
    """

    def leave(_signal, _frame):
        if links_config.DRAINING_FILE.exists():
            return
        links_config.DRAINING_FILE.touch()
        signal.setitimer(signal.ITIMER_REAL, max(links_config.LAME_DUCK_SECONDS, 0.01))

    def stop(_signal, _frame):
        server.signal(signal.SIGTERM, None)

    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, leave)
