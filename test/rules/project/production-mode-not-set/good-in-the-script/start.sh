#!/bin/sh
export RAILS_ENV=production
exec "$@"
