#!/bin/sh
set -eu
echo starting
node server.mjs
