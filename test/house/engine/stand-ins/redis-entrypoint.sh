#!/bin/sh
# Started as root, it takes the data folder into redis's hands and goes on as redis.
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis {} +
  exec setpriv --reuid redis --regid redis --clear-groups "$0" "$@"
fi
if [ "$1" = redis-server ]; then
  # The real image's default: no protected mode, since inside a container nothing is published unless it is said.
  case " $* " in *' --protected-mode '* | *.conf*) ;; *) set -- "$@" --protected-mode no ;; esac
fi
exec "$@"
