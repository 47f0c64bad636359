/** PID 1 of the ramdisk, for busybox sh. What it prints goes to the machine's console. */
export const INIT_SCRIPT = `#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sysfs /sys
/bin/busybox mount -t devtmpfs devtmpfs /dev
/bin/busybox --install -s /bin
export PATH=/usr/bin:/bin HOME=/ TERM=linux
mkdir -p /dev/pts /run /tmp /var
ln -sf /run /var/run
mount -t devpts devpts /dev/pts
say() { echo "[$(cut -d' ' -f1 /proc/uptime)] ramdisk: $*"; }
say "starting"
hostname switchyard-agent
ip link set lo up

# Drivers: the fixed list, then whatever the devices ask for, until loading drivers brings no new devices.
modprobe -a -q $(cat /etc/modules)
seen=
for pass in 1 2 3 4 5 6; do
  now=$(find /sys/devices -name modalias -exec cat {} + | sort -u)
  [ "$now" = "$seen" ] && break
  seen=$now
  modprobe -a -q -b $now 2>/dev/null
  [ -e /etc/hardware ] && sleep 1
done
say "drivers loaded"

for word in $(cat /proc/cmdline); do
  case $word in BOOTIF=*) BOOTMAC=$(echo "\${word#BOOTIF=}" | sed 's/^01-//; y/-ABCDEF/:abcdef/') ;; esac
done
nics() { for nic in /sys/class/net/*; do [ -e "$nic/device" ] && echo "\${nic##*/}"; done; }
boot_nic() { for nic in $(nics); do [ "$(cat /sys/class/net/$nic/address)" = "$BOOTMAC" ] && echo "$nic"; done; }
for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  [ -n "$BOOTMAC" ] && [ -n "$(boot_nic)" ] && break
  [ -z "$BOOTMAC" ] && [ -n "$(nics)" ] && break
  sleep 1
done
for nic in $(nics); do ip link set "$nic" up; done
candidates=$(boot_nic)
if [ -z "$candidates" ]; then
  [ -n "$BOOTMAC" ] && say "no NIC has the address $BOOTMAC (BOOTIF): its driver is missing in this ramdisk?"
  candidates=$(nics)
fi
[ -z "$candidates" ] && say "no NIC found: its driver is missing in this ramdisk (build it with --hardware)"

# udhcpc stays behind and renews the lease.
leased=
while [ -z "$leased" ]; do
  for nic in $(boot_nic) $candidates; do
    say "DHCP on $nic"
    if udhcpc -i "$nic" -s /etc/udhcpc.script -t 5 -T 2 -A 2 -n; then leased=$nic; break; fi
  done
  [ -z "$candidates" ] && { sleep 5; candidates=$(nics); }
done

while :; do
  node /agent/agent.cjs
  say "the agent ended with status $?; starting it again in 10 s"
  sleep 10
done
`;

export const UDHCPC_SCRIPT = `#!/bin/busybox sh
case $1 in
  deconfig)
    ip addr flush dev "$interface"
    ip link set "$interface" up ;;
  bound | renew)
    ip addr flush dev "$interface"
    ip addr add "$ip/\${mask:-24}" dev "$interface"
    [ -n "$mtu" ] && ip link set "$interface" mtu "$mtu"
    for gateway in $router; do ip route replace default via "$gateway" dev "$interface" && break; done
    : > /etc/resolv.conf
    for server in $dns; do echo "nameserver $server" >> /etc/resolv.conf; done
    echo "[$(cut -d' ' -f1 /proc/uptime)] ramdisk: $interface has $ip/$mask" ;;
esac
exit 0
`;
