import { gzipSync } from 'node:zlib';
import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { CommandSet } from '../command-table.ts';
import { tarOf } from '../tar.ts';
import type { Machine } from './machine.ts';
import { objectOf } from './steps.ts';

export function reportCommands(machine: Machine): CommandSet {
  return {
    'log.collect_system_logs': {
      async: false,
      run: async () => ({ system_logs: gzipSync(tarOf(await machine.hardware.logs())).toString('base64') }),
    },
    'poll.get_hardware_info': { async: false, run: () => machine.hardware.inventory() },
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
