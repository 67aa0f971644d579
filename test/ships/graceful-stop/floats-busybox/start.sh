#!/bin/sh
# The site is copied to where files can go away: /ready is one.
cp -r site /tmp/site && touch /tmp/site/ready
busybox httpd -f -p 8080 -h /tmp/site &
server=$!
stop() {
  rm /tmp/site/ready
  sleep 2
  kill "$server"
  exit 0
}
trap stop TERM
while kill -0 "$server"; do sleep 1 & wait $!; done
exit 1
