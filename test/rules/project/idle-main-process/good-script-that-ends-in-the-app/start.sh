#!/bin/sh
tail -F /var/log/app.log &
exec "$@"
