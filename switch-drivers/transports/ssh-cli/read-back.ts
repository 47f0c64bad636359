import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortSettings } from '../../../topology/plan/model.ts';
import { normalSettings } from '../../../topology/plan/settings.ts';
import type { PortTable } from './platform.ts';

/** Where the switch, as read back, is not what `changes` ask for; empty when all is in force. */
export function mismatches(changes: readonly Change[], table: PortTable): string[] {
  const wanted = new Map<string, PortSettings>();
  const wrong: string[] = [];
  for (const change of changes) {
    if (change.op === 'port-set') wanted.set(change.portId, change.settings);
    else if (table.vlans !== null && !table.vlans.includes(change.vlan))
      wrong.push(`VLAN ${change.vlan} does not exist`);
  }
  for (const [portId, settings] of wanted) {
    const port = table.ports.find((candidate) => candidate.portId === portId);
    const is = port ? (port.foreign ?? settingsText(port)) : 'absent';
    if (is !== settingsText(settings)) wrong.push(`${portId} is ${is} instead of ${settingsText(settings)}`);
  }
  return wrong;
}

export function notApplied(name: string, wrong: readonly string[]): FabricError {
  return new FabricError(
    'switch_not_applied',
    `switch ${name} took every line but is not as it was told to be: ${wrong.slice(0, 5).join('; ')}`,
    { context: { switch: name, mismatches: wrong.slice(0, 50) } },
  );
}

function settingsText(settings: PortSettings): string {
  const { adminUp, mode, untagged, tagged } = normalSettings(settings);
  const set = tagged.join(',');
  return `${adminUp ? 'up' : 'down'} ${mode} ${untagged ?? 'none'}${mode === 'trunk' ? ` tagged ${set || 'none'}` : ''}`;
}
