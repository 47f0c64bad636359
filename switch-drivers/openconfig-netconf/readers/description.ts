import type { NetconfPlatform } from '../../transports/netconf/platform.ts';
import { dataOf, descendant, getRequest } from '../../transports/netconf/requests.ts';
import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { textOf } from '../../transports/netconf/xml/read.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { LLDP, of, SYSTEM } from '../model.ts';

const system = of(SYSTEM);
const lldp = of(LLDP);

/** The models have no one place for the name of the product. */
export const description: NetconfPlatform['description'] = {
  requests: () => [
    {
      operation: getRequest([
        system('system', [
          system('config', system('hostname')),
          system('state', [system('hostname'), system('software-version')]),
        ]),
      ]),
    },
    {
      operation: getRequest([lldp('lldp', [lldp('config', lldp('chassis-id')), lldp('state', lldp('chassis-id'))])]),
      optional: true,
    },
  ],
  read([about, links]) {
    const [host, neighbour] = [dataOf(about), dataOf(links)];
    const chassis = leaf(neighbour, 'lldp', 'chassis-id');
    return {
      model: null,
      version: leaf(host, 'system', 'software-version'),
      hostname: leaf(host, 'system', 'hostname'),
      chassisIds: chassis === null ? [] : [normalizeMac(chassis) ?? chassis],
      aliases: new Map(),
    };
  },
};

/** As it is in force; as configured where the device tells only that. */
function leaf(data: readonly XmlElement[], root: string, name: string): string | null {
  const top = data.find((element) => element.name === root);
  const found = descendant(top, 'state', name) ?? descendant(top, 'config', name);
  return (found && textOf(found)) || null;
}
