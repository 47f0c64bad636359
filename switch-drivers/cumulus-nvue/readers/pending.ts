import { z } from 'zod';
import type { PortState } from '../../../topology/plan/model.ts';
import { parseJson } from '../../transports/ssh-cli/parse.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { EVERY_VLAN } from '../../transports/ssh-cli/settings.ts';
import { vlansOf } from './vlans.ts';

const INTERFACES = 'nv show interface -o json --pending';
const VLANS = 'nv show bridge domain br_default vlan -o json --pending';

const vlanId = z.int().min(1).max(4094);

const domain = z.object({
  access: vlanId.optional(),
  untagged: z.union([vlanId, z.literal('none')]).optional(),
  /** By VLAN id, or `all`. */
  vlan: z.record(z.string().regex(/^(?:\d{1,4}|all)$/), z.unknown()).optional(),
});

const schema = z.record(
  z.string().max(64),
  z.object({
    description: z.string().max(256).optional(),
    link: z.object({ state: z.record(z.string().max(32), z.unknown()).optional() }).optional(),
    bridge: z.object({ domain: z.object({ br_default: domain.optional() }).optional() }).optional(),
  }),
);

/** What would be in force if the revision was applied. */
export const pending: Reader<PortTable> = {
  commands: [INTERFACES, VLANS],
  read([interfaces = '', vlans = '']) {
    const ports = Object.entries(parseJson(schema, INTERFACES, interfaces)).map(([portId, told]): PortState => {
      const adminUp = told.link?.state?.down === undefined;
      const base = { portId, adminUp, operUp: null, lag: null, description: told.description ?? null };
      return { ...base, ...membership(told.bridge?.domain?.br_default) };
    });
    return { ports, vlans: vlansOf(VLANS, vlans) };
  },
};

function membership(told: z.output<typeof domain> | undefined): Pick<PortState, 'mode' | 'untagged' | 'tagged'> {
  if (!told) return { mode: 'trunk', untagged: null, tagged: [] };
  if (told.access !== undefined) return { mode: 'access', untagged: told.access, tagged: [] };
  // The PVID of a bridge port that was told none is 1; a port without a list has all VLANs of the bridge.
  const { untagged = 1, vlan = { all: {} } } = told;
  const tagged = 'all' in vlan ? EVERY_VLAN : Object.keys(vlan).map(Number);
  const native = untagged === 'none' ? null : untagged;
  return { mode: 'trunk', untagged: native, tagged: tagged.filter((id) => id !== native) };
}
