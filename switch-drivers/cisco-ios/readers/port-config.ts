import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { membershipOf } from '../../transports/ssh-cli/text/switchport-settings.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { commandMeaning, opensSubmode } from './interface-commands.ts';
import { type InterfaceSettings, silentInterface, takeSetting } from './interface-settings.ts';
import { noise, withoutPager } from './noise.ts';

/** `show running-config interface` and the interface sections of `show running-config`. */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^show running-config (?:interface(?: \S+){0,2}|\| section \^?interface)$/,
  read(output) {
    const { found, unparsed } = interfaces(output);
    return { rows: found.map(row), unparsed };
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

function interfaces(output: string): { found: InterfaceSettings[]; unparsed: string[] } {
  const found: InterfaceSettings[] = [];
  let current: InterfaceSettings | null = null;
  let submode: string | null = null;
  const rules: LineRule[] = [
    ...noise,
    { pattern: /^(?:Building configuration\.\.\.|Current configuration ?: \d+ bytes|!.*|end)$/ },
    {
      pattern: /^interface (\S+(?: \d\S*)?)(?: (?:point-to-point|multipoint))?$/,
      take: (match) => {
        const portId = canonicalName(match[1] ?? '');
        current = portId === null ? null : silentInterface(portId);
        submode = null;
        if (!current) return false;
        found.push(current);
      },
    },
    {
      pattern: /^ {2,}(\S.*)$/,
      take: (match) => {
        if (!current || submode === null) return false;
        if (commandMeaning(submode) === 'foreign') current.foreign.push(match[1] ?? '');
      },
    },
    {
      pattern: /^ (\S.*)$/,
      take: (match) => {
        const setting = match[1] ?? '';
        submode = opensSubmode(setting) ? setting : null;
        return current ? takeSetting(current, setting) : false;
      },
    },
  ];
  return { unparsed: readLines(withoutPager(output), rules), found };
}

/**
 * Catalyst ports are switch ports unless `no switchport`; on models whose ports are routed by default (Catalyst 6500,
 * routers, management ports) `switchport` or an IP setting tells. Settings of the other layer may be left over.
 */
function isRouted({ portId, layerEvidence }: InterfaceSettings): boolean {
  if (!isSwitchPort(portId) || layerEvidence.has('no switchport')) return true;
  if (layerEvidence.has('switchport')) return false;
  if (layerEvidence.has('address')) return true;
  return !layerEvidence.has('switchport setting') && layerEvidence.has('no ip address');
}

function row(port: InterfaceSettings): PortRow {
  const { portId, adminUp, lag, description, mtu } = port;
  const base = { portId, adminUp, operUp: null, lag, description, mtu };
  if (isRouted(port)) return { ...base, mode: 'routed', untagged: null, tagged: null };
  return { ...base, ...membershipOf(port) };
}
