#!/bin/sh
# The volume belongs to root when it is new.
set -eu
chown node:node /data
exec setpriv --reuid node --regid node --init-groups "$@"
