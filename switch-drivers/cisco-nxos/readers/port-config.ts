import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { membershipOf } from '../../transports/ssh-cli/text/switchport-settings.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { commandMeaning, opensSubmode } from './interface-commands.ts';
import { type InterfaceSettings, silentInterface, takeSetting } from './interface-settings.ts';
import { noise, withoutPager } from './noise.ts';

/** `show running-config interface`. */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^show running-config interface(?: \S+){0,2}$/,
  read(output) {
    const { found, defaults, unparsed } = interfaces(output);
    return { rows: found.map((port) => row(port, defaults)), unparsed };
  },
});

/**
 * Per port, the settings about layer 2 that a PortRow cannot express, as the device prints them: a driver that rewrote such
 * a port would leave or break something that it does not see. Ports without any are left out.
 */
export function foreignSettings(output: string): Map<string, string[]> {
  const foreign = interfaces(output).found.filter((port) => port.foreign.length > 0);
  return new Map(foreign.map((port) => [port.portId, port.foreign]));
}

/** What a silent block means: `system default switchport` and `system default switchport shutdown`. */
interface Defaults {
  switchport: boolean;
  shutdown: boolean;
}

function interfaces(output: string): { found: InterfaceSettings[]; defaults: Defaults; unparsed: string[] } {
  const found: InterfaceSettings[] = [];
  const said: Partial<Defaults> = {};
  let current: InterfaceSettings | null = null;
  let submode: string | null = null;
  const rules: LineRule[] = [
    ...noise,
    { pattern: /^(?:!.*|version \S+(?: Bios:version.*)?|end)$/ },
    {
      pattern: /^(no )?system default switchport$/,
      take: ([, no]) => {
        said.switchport = no === undefined;
      },
    },
    {
      pattern: /^(no )?system default switchport shutdown$/,
      take: ([, no]) => {
        said.shutdown = no === undefined;
      },
    },
    {
      pattern: /^interface (\S+)$/,
      take: ([, name = '']) => {
        const portId = canonicalName(name);
        current = portId === null ? null : silentInterface(portId);
        submode = null;
        if (!current) return false;
        found.push(current);
      },
    },
    {
      pattern: /^ {3,}(\S.*)$/,
      take: ([, setting = '']) => {
        if (!current || submode === null) return false;
        if (commandMeaning(submode) === 'foreign') current.foreign.push(setting);
      },
    },
    {
      pattern: /^ {1,2}(\S.*)$/,
      take: ([, setting = '']) => {
        submode = opensSubmode(setting) ? setting : null;
        return current ? takeSetting(current, setting) : false;
      },
    },
  ];
  const unparsed = readLines(withoutPager(output), rules);
  return { found, defaults: { ...evident(found), ...said }, unparsed };
}

/**
 * Only what differs from the default is printed, so a printed word tells the default of the whole switch. Where no block
 * has such a word: switch ports, up, as a Nexus comes from the factory.
 */
function evident(found: readonly InterfaceSettings[]): Defaults {
  const ports = found.filter(({ portId }) => portId.startsWith('Ethernet') && isSwitchPort(portId));
  const switchport = !ports.some((port) => port.switchport === true);
  const layer2 = ports.filter((port) => port.switchport ?? switchport);
  return { switchport, shutdown: layer2.some((port) => port.shutdown === false) };
}

function row(port: InterfaceSettings, defaults: Defaults): PortRow {
  const { portId, lag, description, mtu } = port;
  const layer2 = isSwitchPort(portId) && (port.switchport ?? defaults.switchport);
  const shutdown =
    port.shutdown ?? (layer2 ? defaults.shutdown && portId.startsWith('Ethernet') : routedIsDown(portId));
  const base = { portId, adminUp: !shutdown, operUp: null, lag, description, mtu };
  if (!layer2) return { ...base, mode: 'routed', untagged: null, tagged: null };
  return { ...base, ...membershipOf(port) };
}

/** Routed ports, VLAN interfaces, tunnels and nve are down until `no shutdown`; sub-interfaces as well. */
function routedIsDown(portId: string): boolean {
  return /^(?:Ethernet|Vlan|Tunnel|nve|Bdi)/.test(portId);
}
