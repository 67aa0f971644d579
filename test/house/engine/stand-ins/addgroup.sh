#!/bin/sh
# busybox's addgroup, which Debian's busybox is built without: -g GID -S GROUP, or USER GROUP.
set -eu
gid='' system=''
while getopts 'g:S' option; do
  case $option in g) gid=$OPTARG ;; S) system=y ;; *) exit 1 ;; esac
done
shift $((OPTIND - 1))
if [ $# -eq 2 ]; then exec adduser "$1" "$2"; fi
if grep -q "^$1:" /etc/group; then echo "addgroup: group '$1' in use" >&2; exit 1; fi
if [ -z "$gid" ]; then
  gid=$([ -n "$system" ] && echo 100 || echo 1000)
  while cut -d: -f3 /etc/group | grep -qx "$gid"; do gid=$((gid + 1)); done
fi
echo "$1:x:$gid:" >>/etc/group
