#!/bin/sh
# Makes the passwords once, from the kernel's random numbers. Existing ones are kept: Postgres has them in its data.
set -eu
umask 077
cd "$(dirname "$0")/.."
mkdir -p secrets

new_password() {
  [ -s "secrets/$1" ] || od -An -N 32 -tx1 /dev/urandom | tr -d ' \n' >"secrets/$1"
}

new_password postgres_password
new_password orders_db_password
new_password redis_password

# Redis needs only the hash. "probe" may do nothing but PING, so its health check needs no password.
hash=$(tr -d '\n' <secrets/redis_password | sha256sum | cut -d ' ' -f 1)
printf 'user default on #%s ~* &* +@all\nuser probe on nopass resetkeys resetchannels -@all +ping\n' "$hash" >secrets/redis_users

# Compose mounts these files with the owner and mode they have here, and each service runs under another uid:
# so the files are readable, and the folder (which no container sees) is closed to other users of this machine.
chmod 0444 secrets/*
chmod 0700 secrets
echo "secrets/ is ready"
