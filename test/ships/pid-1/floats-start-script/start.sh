#!/bin/sh
set -eu
echo starting
exec node server.mjs
