import { z } from 'zod';
import type { PortState } from '../../../topology/plan/model.ts';
import { invalidOutput, parseJson, parseVlanList } from '../../transports/ssh-cli/parse.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { isSwitchPort, naturalOrder } from '../port-names.ts';
import { type InterfaceConfig, interfaceConfigs } from './running-config.ts';

const STATUS = 'show interfaces status | json';
const SWITCHPORT = 'show interfaces switchport | json';
const VLANS = 'show vlan | json';
const CONFIG = 'show running-config section interface';

const name = z.string().max(64);

const status = z.object({
  interfaceStatuses: z.record(
    name,
    z.object({ linkStatus: z.string().max(32), description: z.string().max(1024).optional() }),
  ),
});

const switchport = z.object({
  switchports: z.record(
    name,
    z.object({
      enabled: z.boolean(),
      switchportInfo: z.object({
        mode: z.string().max(32),
        accessVlanId: z.int().min(0).max(4094),
        trunkingNativeVlanId: z.int().min(0).max(4094),
        trunkAllowedVlans: z.string().max(32_768).nullable(),
      }),
    }),
  ),
});

const vlanTable = z.object({
  vlans: z.record(
    z.string().regex(/^\d{1,4}$/),
    z.object({ status: z.string().max(32), dynamic: z.boolean().optional() }),
  ),
});

type Switchport = z.output<typeof switchport>['switchports'][string];

/**
 * Effective modes and VLANs from `show interfaces switchport`; what that leaves out (native VLAN tagged, LAG membership,
 * settings our model has no word for) and what is configured rather than in effect (`shutdown`) from the configuration.
 */
export const ports: Reader<PortTable> = {
  commands: [STATUS, SWITCHPORT, VLANS, CONFIG],
  read([statusOut = '', switchportOut = '', vlanOut = '', configOut = '']) {
    const statuses = parseJson(status, STATUS, statusOut).interfaceStatuses;
    const { switchports } = parseJson(switchport, SWITCHPORT, switchportOut);
    const configs = interfaceConfigs(configOut);
    const vlans = Object.entries(parseJson(vlanTable, VLANS, vlanOut).vlans)
      .filter(([, vlan]) => vlan.status === 'active' && vlan.dynamic !== true)
      .map(([id]) => Number(id))
      .sort((a, b) => a - b);
    const names = Object.keys(statuses).filter(isSwitchPort).sort(naturalOrder);
    return {
      vlans,
      ports: names.map((portId) =>
        portState(portId, statuses[portId]!.linkStatus, switchports[portId], configs.get(portId)),
      ),
    };
  },
};

function portState(
  portId: string,
  link: string,
  layer2: Switchport | undefined,
  config: InterfaceConfig | undefined,
): PortState {
  const base = {
    portId,
    adminUp: config ? !config.shutdown : link !== 'disabled',
    operUp: link === 'connected',
    lag: config?.lag ?? null,
    description: config?.description ?? null,
  };
  const foreign = foreignReason(layer2, config);
  if (foreign !== null || !layer2) return { ...base, mode: 'access', untagged: null, tagged: [], foreign };
  const { mode, accessVlanId, trunkingNativeVlanId, trunkAllowedVlans } = layer2.switchportInfo;
  if (mode === 'access')
    return { ...base, mode, untagged: accessVlanId === 0 ? null : accessVlanId, tagged: [], foreign };
  const allowed = allowedVlans(trunkAllowedVlans);
  // The allowed list counts for the native VLAN too; a native VLAN outside it passes nothing.
  const native = config?.nativeTagged || !allowed.includes(trunkingNativeVlanId) ? null : trunkingNativeVlanId;
  return { ...base, mode: 'trunk', untagged: native, tagged: allowed.filter((id) => id !== native), foreign };
}

/** Why a port is not ours to write; null when it is. */
function foreignReason(layer2: Switchport | undefined, config: InterfaceConfig | undefined): string | null {
  if (config?.lag) return `it is a member of ${config.lag}`;
  if (!layer2?.enabled) return 'it is a routed port';
  const { mode } = layer2.switchportInfo;
  if (mode !== 'access' && mode !== 'trunk') return `it is in switchport mode ${mode}`;
  if (config && config.unmodelled.length > 0) return `it has "${config.unmodelled[0]}"`;
  return null;
}

function allowedVlans(text: string | null): number[] {
  if (text === null || /^(none)?$/i.test(text)) return [];
  const list = parseVlanList(/^all$/i.test(text) ? '1-4094' : text);
  if (list === null) throw invalidOutput(SWITCHPORT, `trunkAllowedVlans ${JSON.stringify(text.slice(0, 80))}`);
  return list;
}
