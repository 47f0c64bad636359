import { FabricError, isFabricError } from '../error/fabric-error.ts';
import type { Network, NetworkRole, Placement } from '../networks/network.ts';
import { mayAttach, validateSegment } from '../networks/rules.ts';
import type { IntentOwner, ManagedScope, PortIntent } from '../plan/model.ts';
import { idleSettings, isManagedVlan, normalSettings } from '../plan/settings.ts';

export interface SwitchInput {
  id: string;
  scope: ManagedScope;
  /** Where a managed port rests on which no NIC is known. */
  restPolicy: 'inspection' | 'idle';
}

export interface NicInput {
  mac: string;
  nodeId: string;
  /** Where it is mapped to; null: unknown. */
  switchId: string | null;
  portId: string | null;
  pxeEnabled: boolean;
  /** Rule 7: its link evidence contradicts itself. */
  contradicted: boolean;
}

export interface NodeInput {
  id: string;
  placement: Placement;
  /** The tenant that has the node. */
  projectId: string | null;
}

export interface BindingInput {
  nicMac: string;
  networkId: string;
  /** True: a trunk's subport, tagged on the wire. */
  tagged?: boolean;
}

export interface IntentInput {
  switches: readonly SwitchInput[];
  /** Role networks and those that bindings name. */
  networks: readonly Network[];
  nics: readonly NicInput[];
  nodes: readonly NodeInput[];
  bindings: readonly BindingInput[];
}

export type IntentDraft = Omit<PortIntent, 'generation'>;

export interface ComputedIntents {
  /** By switch id; one a managed port. */
  intents: Map<string, IntentDraft[]>;
  /** Ports whose wish cannot be met; they are in `intents`, too: in idle. */
  problems: Array<{ switchId: string; portId: string; error: FabricError }>;
}

/**
 * What every managed port must look like now. Pure; a wish that cannot be met puts its own port in idle, no other. The idle
 * network is one VLAN for all: where a tenant's own system may be running, a port with no network is down besides (rule 6).
 */
export function computeIntents(input: IntentInput): ComputedIntents {
  const result: ComputedIntents = { intents: new Map(), problems: [] };
  const nicsOnPort = Map.groupBy(input.nics, (nic) => JSON.stringify([nic.switchId, nic.portId]));
  for (const one of input.switches) {
    const drafts = [...one.scope.ports].map((portId): IntentDraft => {
      const nics = nicsOnPort.get(JSON.stringify([one.id, portId])) ?? [];
      try {
        return { portId, ...wishFor(one, portId, nics, input) };
      } catch (error) {
        if (!isFabricError(error)) throw error;
        result.problems.push({ switchId: one.id, portId, error });
        const inUse = nics.some((nic) => nodeOf(nic, input)?.placement === 'tenant');
        return { portId, ...idle(one.scope, !inUse) };
      }
    });
    result.intents.set(one.id, drafts);
  }
  return result;
}

type Wish = Pick<PortIntent, 'settings' | 'owner'>;

function wishFor(one: SwitchInput, portId: string, nics: readonly NicInput[], input: IntentInput): Wish {
  const [nic, second] = nics;
  if (!nic) return one.restPolicy === 'idle' ? idle(one.scope) : inRole('inspection', one, input);
  if (second) {
    const macs = nics.map(({ mac }) => mac).join(', ');
    throw new FabricError('intent_port_shared', `${macs} are all mapped to port ${portId}; inspect these nodes again`);
  }
  const node = nodeOf(nic, input);
  if (!node || node.placement === 'idle') return idle(one.scope);
  if (node.placement === 'tenant') return forTenant(nic, node, one, input);
  return nic.pxeEnabled ? inRole(node.placement, one, input) : idle(one.scope);
}

function nodeOf(nic: NicInput, input: IntentInput): NodeInput | undefined {
  return input.nodes.find(({ id }) => id === nic.nodeId);
}

function idle(scope: ManagedScope, adminUp = true): Wish {
  return { settings: idleSettings(scope, adminUp), owner: { kind: 'idle' } };
}

function inRole(role: NetworkRole, one: SwitchInput, input: IntentInput): Wish {
  const network = input.networks.find((candidate) => candidate.role === role);
  if (!network) {
    throw new FabricError('intent_role_network_missing', `there is no ${role} network; create one with that role`, {
      context: { role },
    });
  }
  const untagged = vlanOf(network, one.scope);
  return { settings: { adminUp: true, mode: 'access', untagged, tagged: [] }, owner: { kind: 'role', role } };
}

function forTenant(nic: NicInput, node: NodeInput, one: SwitchInput, input: IntentInput): Wish {
  const bound = input.bindings.filter((binding) => binding.nicMac === nic.mac);
  if (bound.length === 0) return idle(one.scope, false);
  if (nic.contradicted) {
    throw new FabricError(
      'link_contradicted',
      `the link evidence of ${nic.mac} contradicts itself, so no tenant network is laid on its port; inspect the node again`,
      { context: { nicMac: nic.mac } },
    );
  }
  const carried = bound.map((binding) => {
    const network = input.networks.find(({ id }) => id === binding.networkId);
    if (!network)
      throw new FabricError('network_not_found', `network ${binding.networkId} of ${nic.mac} does not exist`);
    if (!mayAttach(network, node.projectId)) {
      throw new FabricError(
        'network_not_shared',
        `project ${node.projectId} may not attach to network "${network.name}"; its owner has to share it`,
      );
    }
    return { networkId: network.id, vlan: vlanOf(network, one.scope), tagged: binding.tagged === true };
  });
  const native = carried.filter(({ tagged }) => !tagged);
  if (native.length > 1) {
    throw new FabricError('intent_two_untagged', `${nic.mac} is bound to two untagged networks; detach one of them`);
  }
  const tagged = carried.filter((one) => one.tagged).map(({ vlan }) => vlan);
  const untagged = native[0]?.vlan ?? null;
  const mode = tagged.length > 0 ? 'trunk' : 'access';
  const settings = normalSettings({ adminUp: true, mode, untagged, tagged });
  const networkId = native[0]?.networkId ?? carried[0]?.networkId ?? '';
  const owner: IntentOwner = { kind: 'tenant', projectId: node.projectId, networkId };
  return { settings, owner };
}

/** The VLAN a network has on a switch. Throws `network_segment_unsupported`, `network_segment_invalid`, `network_vlan_unmanaged`. */
export function vlanOf(network: Network, scope: ManagedScope): number {
  validateSegment(network.segment);
  const { networkType, segmentationId: vlan } = network.segment;
  if (networkType !== 'vlan' || vlan === null) {
    throw new FabricError(
      'network_segment_unsupported',
      `network "${network.name}" is of type ${networkType}; switch ports carry networks of type vlan`,
      { context: { networkId: network.id } },
    );
  }
  if (!isManagedVlan(vlan, scope)) {
    throw new FabricError(
      'network_vlan_unmanaged',
      `VLAN ${vlan} of network "${network.name}" is outside the managed ranges of the switch; add it there or choose another`,
      { context: { networkId: network.id, vlan } },
    );
  }
  return vlan;
}
