#!/bin/sh
# Puts a dump back in place of what is there now. The API is stopped meanwhile and started again after.
set -eu
cd "$(dirname "$0")/.."
[ $# -eq 1 ] && [ -s "$1" ] || { echo "usage: scripts/restore.sh FILE.dump" >&2; exit 2; }

docker compose stop api
docker compose exec -T db pg_restore --username=postgres --dbname=orders --clean --if-exists --single-transaction <"$1"
# What the cache remembers may be younger than the dump.
printf 'AUTH %s\nFLUSHALL\n' "$(cat secrets/redis_password)" | docker compose exec -T cache redis-cli
docker compose up --detach --wait api
