#!/bin/sh
set -u
stop=
trap 'stop=yes' TERM
while [ -z "$stop" ]; do
  date >/tmp/report # its work
  sleep 3 &
  wait $!
done
