import type { Varbind } from 'net-snmp';
import type { SimConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { type Edit, type MibTree, SetRefused } from './mib-tree.ts';
import { portVlans } from './port-vlans.ts';
import { oidOf } from './values.ts';

/**
 * What the objects of a request would do, after all of them were checked, alone and together (RFC 3416 section 4.2.5):
 * nothing is done when one is refused. Throws `SetRefused`.
 */
export function editsOf(tree: MibTree, model: SwitchModel, varbinds: readonly Varbind[]): Edit[] {
  const trial: SimConfig = structuredClone(model.running);
  return varbinds.map(({ oid, type, value }, at) => {
    try {
      const found = tree.object(oidOf(oid));
      if (!found?.object.set) throw new SetRefused('NotWritable');
      const edit = found.object.set(found.index, { type, value });
      edit.apply(trial);
      if (at === varbinds.length - 1) checkTogether(trial, model);
      return edit;
    } catch (error) {
      if (error instanceof SetRefused) error.at = at;
      throw error;
    }
  });
}

/** A port is not made an untagged member of a VLAN in which it is none. */
function checkTogether(trial: SimConfig, model: SwitchModel): void {
  for (const portId of model.portIds) {
    const before = portVlans(model.running.ports[portId]!, model.running);
    const { egress, untagged } = portVlans(trial.ports[portId]!, trial);
    const added = untagged.filter((vlan) => !egress.includes(vlan) && !before.untagged.includes(vlan));
    if (added.length > 0) throw new SetRefused('InconsistentValue');
  }
}
