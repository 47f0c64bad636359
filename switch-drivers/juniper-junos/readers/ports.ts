import type { Parsed, PortRow } from '../../contract/rows.ts';
import type { NetconfPorts, NetconfReader } from '../../transports/netconf/platform.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText } from '../../transports/netconf/xml/read.ts';
import { invalidOutput } from '../../transports/ssh-cli/parse.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { conf, plain, statementLines } from './configuration.ts';
import { membershipElsewhere } from './membership-elsewhere.ts';
import { foreignSettings, portConfig, vlanConfig } from './port-config.ts';

/** Committed, with what groups and interface ranges add, and a mark on what a group added. */
function configuration(...parts: XmlElement[]): XmlElement {
  const attribute = (name: string, value: string) => ({ name, ns: '', value });
  return {
    ...conf('get-configuration', conf('configuration', parts)),
    attributes: [attribute('database', 'committed'), attribute('inherit', 'inherit'), attribute('groups', 'groups')],
  };
}

const instances = conf('routing-instances', conf('instance', [conf('name'), conf('interface')]));

export const ports: NetconfReader<NetconfPorts> = {
  requests: () => [
    { operation: configuration(conf('interfaces'), conf('vlans'), conf('protocols'), instances) },
    // One is not known with ELS, the other not without.
    { operation: configuration(conf('switch-options')), optional: true },
    { operation: configuration(conf('ethernet-switching-options')), optional: true },
    { operation: conf('get-interface-information', conf('terse')) },
  ],
  read([main, ...rest]) {
    const raw = main?.find(({ name }) => name === 'configuration');
    const terse = rest[2]?.find(({ name }) => name === 'interface-information');
    if (!raw || !terse)
      throw invalidOutput('get-configuration', `no ${raw ? 'interface-information' : 'configuration'}`);
    const options = rest.slice(0, 2).flatMap((reply) => reply?.filter(({ name }) => name === 'configuration') ?? []);
    const config = plain(raw);
    const lines = [config, ...options.map(plain)].flatMap(statementLines).filter((line) => OF_PORTS.test(line));
    const text = [...lines, ...implicitDefault(lines)].join('\n');
    const rows = portConfig.read(text);
    const foreign = union([foreignSettings(text), unknownSettings(rows.unparsed), membershipElsewhere(raw, lines)]);
    const table = portTable({
      config: rows,
      status: statusRows(terse),
      vlans: vlanConfig.read(text),
      foreign,
      isSwitchPort,
    });
    return { ...table, config: [config] };
  },
};

const OF_PORTS = /^(?:set|deactivate) (?:interfaces|vlans|(?:ethernet-switching|switch)-options voip) /;

/** With ELS the VLAN `default` is there with id 1 without being configured. */
function implicitDefault(lines: readonly string[]): string[] {
  const legacy = lines.some((line) => / family ethernet-switching port-mode /.test(line));
  return legacy || lines.some((line) => line.startsWith('set vlans default ')) ? [] : ['set vlans default vlan-id 1'];
}

/** A statement of a port that nobody knows may be about VLANs. */
function unknownSettings(unparsed: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of unparsed) {
    const portId = canonicalName(/^set interfaces (\S+)/.exec(line)?.[1] ?? '');
    if (portId !== null) found.set(portId, [...(found.get(portId) ?? []), line]);
  }
  return found;
}

/** A port that is not configured at all is no switch port: it forwards nothing. */
function statusRows(terse: XmlElement): Parsed<PortRow> {
  const rows = childrenOf(terse, 'physical-interface', null).flatMap((port): PortRow[] => {
    const portId = canonicalName(childText(port, 'name', null) ?? '');
    const [admin, oper] = ['admin-status', 'oper-status'].map((leaf) => childText(port, leaf, null));
    if (portId === null || !isSwitchPort(portId)) return [];
    const link = {
      adminUp: admin === undefined ? null : admin === 'up',
      operUp: oper === undefined ? null : oper === 'up',
    };
    return [{ portId, ...link, mode: 'routed', untagged: null, tagged: [], lag: null, description: null, mtu: null }];
  });
  return { rows, unparsed: [] };
}

function union(maps: ReadonlyArray<ReadonlyMap<string, readonly string[]>>): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const map of maps) for (const [key, values] of map) all.set(key, [...(all.get(key) ?? []), ...values]);
  return all;
}
