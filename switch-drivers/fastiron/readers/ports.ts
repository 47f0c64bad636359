import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { defaultVlanLine } from '../default-vlan.ts';
import { isSwitchPort, portList } from '../port-names.ts';
import { readConfig } from './config.ts';
import { interfacesBrief } from './interfaces-brief.ts';
import { foreignSettings, keepsDefaultVlan, portConfig, vlanConfig } from './port-config.ts';

/** Parts of the configuration that say which VLANs a port is in; the others hold secrets, too. */
const PARTS = /^(?:ver \S|vlan \d|lag \S|interface (?:ethernet|lag) )/;
/** Parts that put ports into VLANs in ways of their own: groups of VLANs, and what an authentication server says. */
const OTHER_PARTS = /^(?:vlan-group|authentication|web-?auth|mac-authentication)\b/;
const PORTS_NAMED = /\b(?:ethe(?:rnet)?|lag) \d[\d/: a-z]*$/;

export const ports: Reader<PortTable> = {
  commands: ['show interfaces brief', 'show running-config'],
  read([statusText = '', text = '']) {
    const config = sections(text, PARTS);
    const status = interfacesBrief.read(statusText);
    const read = portConfig.read(config);
    const { release, vlans } = readConfig(config);
    const names = new Set([...read.rows, ...status.rows].map(({ portId }) => portId));
    const fallback = vlans.find(({ name }) => name === 'DEFAULT-VLAN')?.vlan ?? 1;
    const foreign = foreignSettings(config);
    for (const [portId, line] of otherMembers(text)) foreign.set(portId, [line, ...(foreign.get(portId) ?? [])]);
    // Before 08.0.80 a port is tagged or untagged, and both only by `dual-mode`.
    if (!keepsDefaultVlan(release)) {
      for (const portId of names) foreign.set(portId, [`FastIron ${release ?? 'of an unknown release'}`]);
    }
    return portTable({
      config: read,
      status,
      vlans: { rows: vlanConfig.read(config).rows, unparsed: [] },
      foreign,
      blocks: new Map([...names].map((portId) => [portId, [defaultVlanLine(fallback)]])),
      isSwitchPort,
    });
  },
};

/** The parts whose first line matches: up to the next line without indent. */
function sections(text: string, heading: RegExp): string {
  let inside = false;
  return text
    .split(/\r?\n/)
    .filter((line) => {
      if (heading.test(line)) inside = true;
      else if (/^\S/.test(line)) inside = false;
      return inside;
    })
    .map((line) => (heading.test(line) && !line.startsWith('ver ') ? `!\n${line}` : line))
    .join('\n');
}

function otherMembers(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let part = '';
  for (const line of sections(text, OTHER_PARTS).split('\n')) {
    if (OTHER_PARTS.test(line)) part = line.trim();
    const list = PORTS_NAMED.exec(line)?.[0] ?? '';
    for (const portId of (list === '' ? null : portList(list)) ?? []) members.set(portId, `${part}: ${line.trim()}`);
  }
  return members;
}
