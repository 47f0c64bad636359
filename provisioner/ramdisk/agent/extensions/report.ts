import { gzipSync } from 'node:zlib';
import { FabricError, messageOf } from '../../../../topology/error/fabric-error.ts';
import type { LldpRaw } from '../../../../topology/lldp/index.ts';
import type { CommandSet } from '../command-table.ts';
import type { Inventory } from '../hardware.ts';
import { tarOf } from '../tar.ts';
import type { Machine } from './machine.ts';
import { objectOf } from './steps.ts';

export function reportCommands(machine: Machine): CommandSet {
  return {
    'log.collect_system_logs': {
      async: false,
      run: async () => ({ system_logs: gzipSync(tarOf(await machine.hardware.logs())).toString('base64') }),
    },
    'poll.get_hardware_info': { async: false, run: () => hardwareInfo(machine) },
    'poll.set_node_info': {
      async: false,
      run: async (params) => {
        const node = objectOf(objectOf(params.node_info)?.node);
        if (node?.uuid !== machine.node.uuid) {
          throw new FabricError(
            'command_invalid',
            `this machine is node ${machine.node.uuid} since lookup; send node_info.node of that one`,
          );
        }
        machine.node = { ...node, uuid: machine.node.uuid, properties: objectOf(node.properties) ?? {} };
      },
    },
  };
}

/** The inventory with what each NIC heard, as ironic-python-agent reports it: this is how a moved cable is noticed. */
async function hardwareInfo({ hardware, lldp, log }: Machine): Promise<Inventory> {
  const heard = await lldp.catch((error: unknown): Record<string, LldpRaw> => {
    log(`listening for LLDP failed: ${messageOf(error)}`);
    return {};
  });
  const inventory = await hardware.inventory();
  return { ...inventory, interfaces: inventory.interfaces.map((nic) => ({ ...nic, lldp: heard[nic.name] ?? null })) };
}
