#!/bin/sh
# Copies programs and the libraries they load into /out, at the paths they have.
set -eu
for file in "$@"; do
  for needed in "$file" $(ldd "$file" 2>/dev/null | grep -o '/[^ )]*'); do
    [ -e "/out$needed" ] || { mkdir -p "/out$(dirname "$needed")" && cp -L "$needed" "/out$needed"; }
  done
done
