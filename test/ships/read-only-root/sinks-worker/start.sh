#!/bin/sh
set -u
stop=
trap 'stop=yes' TERM
while [ -z "$stop" ]; do
  date >report # its work
  sleep 3 &
  wait $!
done
