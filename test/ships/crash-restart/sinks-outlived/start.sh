#!/bin/sh
set -u
node server.mjs &
app=$!
trap 'kill "$app"; wait "$app"; exit' TERM
while :; do sleep 1; done
