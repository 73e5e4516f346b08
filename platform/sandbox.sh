#!/bin/sh
# sandbox.sh CPU-SECONDS DATA-KIB FILE-BLOCKS USER ROOT PLACE... -- COMMAND...
#
# Runs a command with bounds it cannot lift. USER is `nobody` or `-`. With a ROOT other than `-` (in namespaces of its
# own, see sandbox.ts) the command sees an empty file system but for the places named: `ro:PATH`, `rw:PATH`, `dev:PATH`.
set -eu

cpu=$1 data=$2 blocks=$3 user=$4 root=$5
shift 5

# When memory runs out, this goes first and never the server.
[ -w /proc/self/oom_score_adj ] && echo 1000 >/proc/self/oom_score_adj

# A bind mount may add a flag to those the file system came with; whoever is not root outside may not drop one.
place() {
  path=${1#*:}
  case ${1%%:*} in ro) flags=nosuid,ro ;; rw) flags=nosuid,nodev,noexec ;; *) flags=nosuid ;; esac
  mount -o "bind,$flags" "$path" "$root$path" 2>/dev/null && return
  kept=$(findmnt --noheadings --output VFS-OPTIONS --target "$path" | tr ',' '\n' |
    grep -E '^(nodev|noexec|noatime|nodiratime|relatime)$' | tr '\n' ',')
  mountpoint --quiet "$root$path" || mount --bind "$path" "$root$path"
  mount -o "remount,bind,$kept$flags" "$root$path"
}

if [ "$root" != - ]; then
  mount -t tmpfs -o size=1m,mode=755,nosuid,nodev tmpfs "$root"
  folders=$root files=
  for place in "$@"; do
    [ "$place" != -- ] || break
    path=${place#*:}
    if [ -d "$path" ]; then folders="$folders
$root$path"; else folders="$folders
$root${path%/*}" files="$files
$root$path"; fi
  done
  (
    IFS='
'
    set -f
    mkdir -p $folders
    for file in $files; do : >"$file"; done
  )
  for name in bin sbin lib lib32 lib64; do
    [ ! -L "/$name" ] || ln -s "usr/$name" "$root/$name"
  done
fi
while [ "$1" != -- ]; do
  [ "$root" = - ] || place "$1"
  shift
done
shift

[ "$root" = - ] || mount -o remount,bind,ro,nosuid,nodev "$root"
ulimit -c 0
ulimit -t "$cpu"
ulimit -n 256
ulimit -f "$blocks"
# Not every system knows this one (macOS does not).
ulimit -d "$data" 2>/dev/null || :

drop=
[ "$user" = nobody ] && drop='--reuid=65534 --regid=65534 --clear-groups'
powerless="$drop --no-new-privs --inh-caps=-all --bounding-set=-all"
if [ "$root" != - ]; then
  # A shell stays as the first process: it buries the dead, and tells a death by signal as 128 and more.
  exec chroot "$root" /usr/bin/env --chdir="${root%/*}" /usr/bin/setpriv $powerless \
    /bin/sh -c '"$@"; exit $?' sh "$@"
fi
[ -z "$drop" ] || exec setpriv $powerless "$@"
exec "$@"
