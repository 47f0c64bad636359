#!/bin/bash
# chassis_control of ipmi_sim for one server: DIRECTORY get PARAMETER... | DIRECTORY set PARAMETER VALUE... | DIRECTORY check
# ipmi_sim waits for this program (popen) and hands it its own sockets: it has to return at once and to close them.
cd "$1" || exit 1
action=$2
shift 2
echo "$(date +%s.%3N) $action $*" >>chassis.log

# kill -0 would also be answered by a QEMU that is dead and not reaped yet.
running() {
  [ -s qemu.pid ] || return 1
  case $(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$(cat qemu.pid)/status" 2>/dev/null) in '' | Z | X) return 1 ;; esac
}

power_on() {
  running && return
  local order=disk
  # The boot device counts once, as in IPMI without the persistent bit.
  [ "$(cat boot 2>/dev/null)" = pxe ] && order=pxe
  rm -f boot qemu.pid
  (
    for descriptor in /proc/"$BASHPID"/fd/*; do
      descriptor=${descriptor##*/}
      [ "$descriptor" -gt 2 ] && eval "exec $descriptor>&-"
    done
    exec xargs -a "$order.args" -d '\n' qemu-system-x86_64
  ) </dev/null >>qemu.log 2>&1
}

power_off() {
  running || return 0
  kill -9 "$(cat qemu.pid)"
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    running || return 0
    sleep 0.05
  done
  return 1
}

monitor() {
  running && echo "$1" | socat - unix-connect:monitor >/dev/null
}

case $action in
get)
  for parameter; do
    case $parameter in
    power) running && echo power:1 || echo power:0 ;;
    boot) echo "boot:$(cat boot 2>/dev/null || echo none)" ;;
    *) exit 1 ;;
    esac
  done
  ;;
set)
  while [ $# -gt 1 ]; do
    [ -e refuse ] && [ "$1" != boot ] && exit 1
    case $1 in
    power) if [ "$2" = 1 ]; then power_on; else power_off; fi || exit 1 ;;
    reset) monitor system_reset ;;
    shutdown) monitor system_powerdown ;;
    boot) echo "$2" >boot ;;
    identify) ;;
    *) exit 1 ;;
    esac
    shift 2
  done
  ;;
*) exit 1 ;;
esac
exit 0
