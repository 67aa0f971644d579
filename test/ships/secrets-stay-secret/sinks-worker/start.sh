#!/bin/sh
set -u
stop=
trap 'stop=yes' TERM
while [ -z "$stop" ]; do
  sleep 3 &
  wait $!
  key=$(cat /run/secrets/api_key)
  echo "sent the request with $key"
done
