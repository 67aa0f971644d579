#!/bin/sh
set -u
node server.mjs &
app=$!
trap "exit 0" TERM
wait "$app"
