#!/bin/busybox sh
# The only program of the tenant's system: takes host name and address from the config drive and tells its name on port 80.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
say() { echo "tenant: $*"; }
say "started from the disk after $(cut -d' ' -f1 /proc/uptime) s"
for module in /modules/*; do insmod "$module"; done

# The volume id of an ISO 9660 image stands 40 bytes into sector 16 (ECMA-119 8.4).
drive=
for try in 1 2 3 4 5 6 7 8 9 10; do
  for disk in /dev/vd??; do
    [ "$(dd if="$disk" bs=8 skip=4101 count=1 2>/dev/null)" = config-2 ] && drive=$disk
  done
  [ -n "$drive" ] && break
  sleep 1
done
[ -n "$drive" ] || say "no config drive"
mount -t iso9660 -o ro "$drive" /mnt

# One JSON object a line, then by name: the drive's maker may order the members as it likes.
objects() { tr -d '\n\t' <"/mnt/openstack/latest/$1" | tr '{}' '\n\n'; }
member() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }

hostname "$(objects meta_data.json | member hostname | head -n 1)"
ip link set lo up
for nic in /sys/class/net/eth*; do
  link=$(objects network_data.json | grep -i "\"$(cat "$nic/address")\"" | member id | head -n 1)
  [ -n "$link" ] || continue
  network=$(objects network_data.json | grep "\"link\" *: *\"$link\"" | head -n 1)
  address=$(echo "$network" | member ip_address)
  mask=$(echo "$network" | member netmask)
  [ -n "$address" ] || continue
  ifconfig "${nic##*/}" "$address" netmask "$mask" up
  say "${nic##*/} has $address $mask"
done
hostname >/www/index.html
say "$(hostname) is ready after $(cut -d' ' -f1 /proc/uptime) s"
exec httpd -f -p 80 -h /www
