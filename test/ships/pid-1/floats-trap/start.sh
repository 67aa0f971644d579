#!/bin/sh
set -u
node server.mjs &
app=$!
trap 'kill "$app"; wait "$app"; exit' TERM
wait "$app"
