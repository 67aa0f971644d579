#!/bin/sh
set -e
/opt/app/server &
while true; do sleep 60; done
