#!/bin/sh
set -e
curl -sf http://config:8080/ready
exec node server.js
