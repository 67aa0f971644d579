#!/bin/sh
# The site is copied to where files can go away: /ready is one.
cp -r site /tmp/site && touch /tmp/site/ready
exec busybox httpd -f -p 8080 -h /tmp/site
