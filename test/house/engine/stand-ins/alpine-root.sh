#!/bin/sh
# The root folder of an image that looks like Alpine to what runs in it: busybox is every tool.
set -eu
cd /out
mkdir -p bin sbin usr/bin usr/sbin usr/local/bin etc/ssl/certs root home run var/log var/cache var/lib tmp srv proc sys dev
chmod 1777 tmp
ln -s /run var/run
# Files come to /usr/bin where Debian has them; links from /bin find them.
pack /bin/busybox /usr/lib/x86_64-linux-gnu/libnss_files.so.2 /usr/lib/x86_64-linux-gnu/libnss_dns.so.2
for applet in $(busybox --list); do [ -e "bin/$applet" ] || ln -s /bin/busybox "bin/$applet"; done
ln -sf /bin/env usr/bin/env
# Debian's busybox 1.35 crashes in wget (exit code 139), and its nc knows no -z.
pack /usr/bin/wget /usr/bin/nc.openbsd
rm -f bin/wget bin/nc
mv usr/bin/nc.openbsd usr/bin/nc
install -m 755 /usr/local/bin/adduser.sh usr/sbin/adduser
install -m 755 /usr/local/bin/addgroup.sh usr/sbin/addgroup
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n' >etc/passwd
printf 'root:x:0:root\nnogroup:x:65533:\nnobody:x:65534:\n' >etc/group
printf 'root:*::0:::::\n' >etc/shadow
chmod 640 etc/shadow
printf 'passwd: files\ngroup: files\nhosts: files dns\n' >etc/nsswitch.conf
printf 'ID=alpine\nVERSION_ID=3.22.0\nPRETTY_NAME="A stand-in for Alpine"\n' >etc/os-release
cp /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/
