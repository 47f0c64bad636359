import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** Lines of `show version` that tell nothing we model: legal notices, boot images, uptime, plug-ins. */
export const versionChatter: readonly LineRule[] = [
  /^Cisco Nexus Operating System \(NX-OS\) Software(?:, .*)?$/,
  /^(?:TAC support|Documents): http/i,
  /^Copyright \(c\) /i,
  /^All rights reserved\.$/,
  // Licences, in the wordings of several releases.
  /^The copyrights to certain works contained (?:in this software are|herein are owned by)$/,
  /^(?:owned by )?other third parties and (?:used and distributed under their own|are used and distributed under license\.)$/,
  /^licenses, such as open source\. {1,2}This software is provided "as is," and unless$/,
  /^otherwise stated, there is no warranty, express or implied, including but not$/,
  /^limited to warranties of merchantability and fitness for a particular purpose\.$/,
  /^Certain components of this software are licensed under$/,
  /^Some parts of this software (?:may be )?(?:are )?covered under the GNU (?:General )?Public$/,
  /^License\. A copy of (?:the|each such) license is available at$/,
  /^(?:the )?GNU General Public License \(GPL\) version [23]\.0 {0,2}(?:or|and)(?: the GNU)?$/i,
  /^Lesser General Public License \((?:LGPL|GPL)\) Version 2\.[01](?: or|\.)?$/i,
  /^(?:A copy of each such license is available at|Nexus 9000v is a demo version of the Nexus Operating System)$/,
  /^https?:\/\/\S+(?: and)?$/,
  // Software.
  /^(?:Software|Hardware|plugin)$/,
  /^ {1,16}(?:BIOS|loader|kickstart|NXOS|Host NXOS|system|(?:\w{1,8} )?Microcontroller Firmware|Power Sequencer Firmware|\w{1,12} uC): *(?:version .*|v[\d.]+.*|)$/i,
  /^ +(?:BIOS|kickstart|system|NXOS|[Hh]ost NXOS) compile time(?: is)?: .*$/,
  /^ +(?:kickstart|system|NXOS|Host NXOS) image file is: .*$/,
  /^ +(?:NXOS boot mode|CPLD|FPGA|Boot mode)\b.*: .*$/i,
  /^ +Module (?:\d+: *v?[\d.]+\S*|not detected)$/,
  // Hardware.
  /^ +(?:Intel|AMD|Motorola|Freescale|ARM|Pentium|powerpc|QEMU|Westmere)\b.*memory\.?$/i,
  /^ +(?:Processor Board ID|Device name:) *$/i,
  /^ +\S.* with [\d.]+ kB of memory\.$/,
  /^ +(?:bootflash|slot0|logflash|usb\d): +\d+ kB(?: \(.*\))?$/,
  // Up time and the last reset.
  /^Kernel uptime is /,
  /^Last reset(?: at .*)?$/,
  /^ +(?:Reason|System version|Service):.*$/,
  // Plug-ins and packages.
  /^ +(?:\w+ Plugin)(?:, \w+ Plugin){0,9}$/,
  /^Active Packages?(?:\(s\))?:$/,
  /^ +[\w.+-]+(?:\.rpm|\.bin|\.gbin|-\d\S*)$/,
].map((pattern) => ({ pattern }));
