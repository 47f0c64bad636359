import { z } from 'zod';
import type { IntentOwner, PortSettings, PortState } from '../../../topology/plan/model.ts';
import type { Operation } from '../../fabric/fabric.ts';

/** JSON of the fabric API is in snake case throughout, like the bare-metal API's. */
export const settingsSchema = z
  .object({
    admin_up: z.boolean(),
    mode: z.enum(['access', 'trunk']),
    untagged: z.number().int().nullable(),
    tagged: z.array(z.number().int()),
  })
  .meta({ id: 'PortSettings' });
const owner = z.object({
  kind: z.enum(['idle', 'role', 'tenant']),
  role: z.string().optional(),
  project_id: z.string().nullable().optional(),
  network_id: z.string().optional(),
});

export const portSchema = z
  .object({
    switch: z.string(),
    switch_id: z.string(),
    port_id: z.string(),
    aliases: z.array(z.string()),
    managed: z.boolean(),
    state: z.enum(['unmanaged', 'pending', 'applied', 'failed']),
    observed: settingsSchema
      .extend({ oper_up: z.boolean().nullable(), lag: z.string().nullable(), description: z.string().nullable() })
      .nullable(),
    observed_at: z.string().nullable(),
    intent: settingsSchema.nullable(),
    owner: owner.nullable(),
    generation: z.number().int(),
    applied_generation: z.number().int(),
    last_error: z.string().nullable(),
    /** The NIC that hangs on it. */
    nic: z
      .object({ address: z.string(), port_uuid: z.string(), node_uuid: z.string(), node_name: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'SwitchPort' });

export const switchSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    platform: z.string(),
    options: z.record(z.string(), z.unknown()),
    managed_ports: z.array(z.string()),
    managed_vlans: z.string(),
    rest_policy: z.enum(['inspection', 'idle']),
    physical_network: z.string().nullable(),
    state: z.enum(['new', 'ok', 'failed']),
    last_error: z.string().nullable(),
    model: z.string().nullable(),
    version: z.string().nullable(),
    hostname: z.string().nullable(),
    chassis_ids: z.array(z.string()),
    observed_at: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string().nullable(),
  })
  .meta({ id: 'Switch' });

export const networkSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.string().nullable(),
    project_id: z.string().nullable(),
    shared: z.boolean(),
    network_type: z.enum(['flat', 'vlan', 'vxlan']),
    physical_network: z.string().nullable(),
    segmentation_id: z.number().int().nullable(),
    subnet: z.looseObject({ cidr: z.string() }).nullable(),
    created_at: z.string(),
    updated_at: z.string().nullable(),
  })
  .meta({ id: 'Network' });

export const operationSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    state: z.enum(['pending', 'running', 'succeeded', 'failed']),
    requested_by: z.string(),
    reason: z.string(),
    node_uuid: z.string().nullable(),
    legs: z.array(
      z.object({
        switch: z.string(),
        port_id: z.string(),
        generation: z.number().int(),
        from: settingsSchema.nullable(),
        to: settingsSchema,
        state: z.enum(['pending', 'applied', 'rolled-back', 'quarantined', 'failed']),
        error: z.string().nullable(),
        read_back: settingsSchema.nullable(),
        read_back_at: z.string().nullable(),
      }),
    ),
    error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }).nullable(),
    created_at: z.string(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'Operation' });

export const linkSchema = z
  .object({
    address: z.string(),
    port_uuid: z.string(),
    node_uuid: z.string(),
    node_name: z.string().nullable(),
    switch_id: z.string().nullable(),
    switch: z.string().nullable(),
    port_id: z.string().nullable(),
    state: z.enum(['mapped', 'unmapped', 'contradicted']),
    contradiction: z.string().nullable(),
    /** The newest claim of each source. */
    evidence: z.array(
      z.object({
        source: z.string(),
        chassis_id: z.string(),
        port_id: z.string(),
        system_name: z.string().nullable(),
        seen_at: z.string(),
      }),
    ),
  })
  .meta({ id: 'CableLink' });

export const eventSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    kind: z.string(),
    node_uuid: z.string().nullable(),
    switch_id: z.string().nullable(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });

export const settingsOut = (value: PortSettings) => ({
  admin_up: value.adminUp,
  mode: value.mode,
  untagged: value.untagged,
  tagged: value.tagged,
});

export const observedOut = (value: PortState) => ({
  ...settingsOut(value),
  oper_up: value.operUp,
  lag: value.lag,
  description: value.description,
});

export function ownerOut(value: IntentOwner): z.output<typeof owner> {
  if (value.kind === 'tenant') return { kind: 'tenant', project_id: value.projectId, network_id: value.networkId };
  return value;
}

export function operationOut(operation: Operation): z.output<typeof operationSchema> {
  return {
    id: operation.id,
    kind: operation.kind,
    state: operation.state,
    requested_by: operation.requestedBy,
    reason: operation.reason,
    node_uuid: operation.nodeUuid,
    legs: operation.legs.map((leg) => ({
      switch: leg.switch,
      port_id: leg.portId,
      generation: leg.generation,
      from: leg.from && settingsOut(leg.from),
      to: settingsOut(leg.to),
      state: leg.state,
      error: leg.error ?? null,
      read_back: leg.readBack ? settingsOut(leg.readBack) : null,
      read_back_at: leg.readBackAt ?? null,
    })),
    error: operation.error,
    created_at: operation.createdAt,
    finished_at: operation.finishedAt,
  };
}

export const timeOut = (time: Date | null): string | null => time?.toISOString() ?? null;
