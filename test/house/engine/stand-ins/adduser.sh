#!/bin/sh
# busybox's adduser, which Debian's busybox is built without: -h DIR -g GECOS -s SHELL -G GROUP -S -D -H -u UID, or USER GROUP.
set -eu
home='' shell=/bin/sh group='' uid='' system='' nohome=''
while getopts 'h:g:s:G:SDHu:k:' option; do
  case $option in
    h) home=$OPTARG ;; s) shell=$OPTARG ;; G) group=$OPTARG ;; u) uid=$OPTARG ;; S) system=y ;; H) nohome=y ;; D | g | k) ;;
    *) exit 1 ;;
  esac
done
shift $((OPTIND - 1))
name=$1
if [ $# -eq 2 ]; then
  grep -q "^$name:" /etc/passwd
  sed -i "s/^\($2:x:[0-9]*:\)\(.\+\)$/\1\2,$name/; s/^\($2:x:[0-9]*:\)$/\1$name/" /etc/group
  exit
fi
if grep -q "^$name:" /etc/passwd; then echo "adduser: user '$name' in use" >&2; exit 1; fi
if [ -z "$uid" ]; then
  uid=$([ -n "$system" ] && echo 100 || echo 1000)
  while cut -d: -f3 /etc/passwd | grep -qx "$uid"; do uid=$((uid + 1)); done
fi
if [ -n "$group" ]; then
  gid=$(grep "^$group:" /etc/group | cut -d: -f3)
  [ -n "$gid" ] || { echo "adduser: unknown group $group" >&2; exit 1; }
elif [ -n "$system" ]; then
  gid=65533
else
  gid=$uid
  echo "$name:x:$gid:" >>/etc/group
fi
[ -n "$home" ] || home=/home/$name
[ -z "$system" ] || [ "$shell" != /bin/sh ] || shell=/sbin/nologin
echo "$name:x:$uid:$gid:$name:$home:$shell" >>/etc/passwd
echo "$name:!::0:::::" >>/etc/shadow
if [ -z "$nohome" ] && [ -z "$system" ]; then mkdir -p "$home" && chown "$uid:$gid" "$home"; fi
