#!/bin/sh
# reaper.sh DIRECTORY NAMESPACE...
# Waits until the test that started it closes this program's input, or is gone for whatever reason; then ends every
# process that lives in the namespaces of that test, by process id, and removes the namespaces and the directory.
directory=$1
shift
cat >/dev/null
for namespace in "$@"; do
  signal=TERM
  for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    pids=$(ip netns pids "$namespace" 2>/dev/null)
    [ -z "$pids" ] && break
    [ "$round" -gt 20 ] && signal=KILL
    kill -s "$signal" $pids 2>/dev/null
    sleep 0.25
  done
done
for namespace in "$@"; do
  [ ! -e "/run/netns/$namespace" ] || ip netns del "$namespace" || exit 1
done
[ "$directory" = keep ] || rm -rf "$directory"
