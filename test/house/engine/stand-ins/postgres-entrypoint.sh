#!/bin/bash
# As the real one does: root hands the folders to postgres and steps down; an empty data folder is set up, with what
# lies in /docker-entrypoint-initdb.d, by a temporary server that listens on its socket only.
set -eu
secret() {
  local file="$1_FILE"
  if [ -n "${!1:-}" ] && [ -n "${!file:-}" ]; then echo "error: both $1 and $file are set" >&2; exit 1; fi
  [ -z "${!file:-}" ] || export "$1=$(cat "${!file}")"
  unset "$file"
}
case "${1:-}" in -*) set -- postgres "$@" ;; esac
[ "${1:-}" = postgres ] || exec "$@"
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" && chmod 00700 "$PGDATA"
  chmod 03775 /var/run/postgresql || true
  find "$PGDATA" ! -user postgres -exec chown postgres {} +
  find /var/run/postgresql ! -user postgres -exec chown postgres {} +
  exec setpriv --reuid postgres --regid postgres --clear-groups "$0" "$@"
fi
chmod 00700 "$PGDATA" || true
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  for name in POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB POSTGRES_INITDB_ARGS; do secret "$name"; done
  user=${POSTGRES_USER:-postgres}
  if [ -z "${POSTGRES_PASSWORD:-}" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    echo 'Error: POSTGRES_PASSWORD is not set' >&2
    exit 1
  fi
  # shellcheck disable=SC2086
  initdb --pgdata "$PGDATA" --username "$user" --pwfile <(printf '%s\n' "${POSTGRES_PASSWORD:-}") --no-locale --encoding UTF8 ${POSTGRES_INITDB_ARGS:-}
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
  PGUSER=$user pg_ctl -D "$PGDATA" -w -o "-c listen_addresses=''" start
  db=${POSTGRES_DB:-$user}
  [ "$db" = postgres ] || createdb --username "$user" "$db"
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sql) psql -v ON_ERROR_STOP=1 --username "$user" --dbname "$db" --file "$file" ;;
      *.sh) . "$file" ;;
    esac
  done
  PGUSER=$user pg_ctl -D "$PGDATA" -m fast -w stop
fi
unset POSTGRES_PASSWORD
exec "$@" -c listen_addresses='*'
