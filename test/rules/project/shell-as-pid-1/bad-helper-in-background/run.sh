#!/bin/bash
set -eu
# The helper first
helper --quiet &

HOME=/var/lib/shop java -jar /shop.jar "$@"
