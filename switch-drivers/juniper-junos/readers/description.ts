import type { NetconfPlatform, NetconfReader, PendingCommit } from '../../transports/netconf/platform.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { childrenOf, childText } from '../../transports/netconf/xml/read.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { canonicalName, isSwitchPort, shortName } from '../port-names.ts';
import { conf } from './configuration.ts';

export const description: NetconfPlatform['description'] = {
  requests: () => [
    { operation: conf('get-system-information') },
    { operation: conf('get-lldp-local-info'), optional: true },
    { operation: conf('get-interface-information') },
  ],
  read([system, lldp, interfaces]) {
    const about = named(system, 'system-information');
    const chassis = leaf(named(lldp, 'lldp-local-info'), 'lldp-local-chassis-id');
    return {
      model: leaf(about, 'hardware-model'),
      version: leaf(about, 'os-version'),
      hostname: leaf(about, 'host-name'),
      chassisIds: chassis === null ? [] : [normalizeMac(chassis) ?? chassis],
      aliases: aliasesOf(named(interfaces, 'interface-information')),
    };
  },
};

/** Unless told otherwise Junos announces a port over LLDP by its SNMP index, a locally assigned name. */
function aliasesOf(information: XmlElement | undefined): Map<string, string[]> {
  const aliases = new Map<string, string[]>();
  for (const port of information ? childrenOf(information, 'physical-interface', null) : []) {
    const portId = canonicalName(leaf(port, 'name') ?? '');
    if (portId === null || !isSwitchPort(portId)) continue;
    const units = childrenOf(port, 'logical-interface', null).filter((unit) => leaf(unit, 'name') === `${portId}.0`);
    const indexes = [port, ...units].flatMap((one) => leaf(one, 'snmp-index') ?? []);
    aliases.set(portId, [...new Set([shortName(portId), ...indexes])]);
  }
  return aliases;
}

/**
 * `show system commit`: the newest entry says `rollback pending` as long as the timer runs; what its comment says of a
 * confirmed commit stays for good. Seen in replies of Junos 24.4.
 */
export const pendingCommit: NetconfReader<PendingCommit | null> = {
  requests: () => [{ operation: conf('get-commit-information'), optional: true }],
  read([reply]) {
    const information = named(reply, 'commit-information');
    const newest = information && childrenOf(information, 'commit-history', null)[0];
    if (!newest || !/rollback pending/i.test(leaf(newest, 'commit-confirmed') ?? '')) return null;
    return { user: leaf(newest, 'user') ?? '', netconf: leaf(newest, 'client') === 'netconf' };
  },
};

function named(reply: readonly XmlElement[] | null | undefined, name: string): XmlElement | undefined {
  return reply?.find((child) => child.name === name);
}

function leaf(parent: XmlElement | undefined, name: string): string | null {
  return (parent && childText(parent, name, null)) || null;
}
