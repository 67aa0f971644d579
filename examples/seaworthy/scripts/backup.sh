#!/bin/sh
# A consistent dump while the service runs (a copy of the volume's files would not be), and only the last 14 are kept.
# From cron: 15 3 * * *  /srv/orders/scripts/backup.sh /srv/backups && <copy /srv/backups to another site>
set -eu
umask 077
cd "$(dirname "$0")/.."
folder=${1:-backups}
keep=14
mkdir -p "$folder"
file="$folder/orders-$(date -u +%Y%m%dT%H%M%SZ).dump"

docker compose exec -T db pg_dump --username=postgres --format=custom --dbname=orders >"$file.part"
# A dump that cannot be listed is no backup: it must not take the place of a good one.
docker compose exec -T db pg_restore --list <"$file.part" >/dev/null
mv "$file.part" "$file"

# The names sort by time; the oldest beyond the last $keep go.
find "$folder" -maxdepth 1 -name 'orders-*.dump' | sort -r | tail -n +$((keep + 1)) | while IFS= read -r old; do
  rm -- "$old"
done
echo "$file"
