#!/bin/sh
set -eu
if [ -d /keys/own ]; then
  ls /keys/own >/dev/null
else
  mkdir -m 700 /keys/own
  chown app /keys/own
fi
exec setpriv --reuid app --regid app --init-groups python3 server.py
