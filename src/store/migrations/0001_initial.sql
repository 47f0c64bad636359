-- Immutable once released. Times are timestamptz; MACs lower case with colons; ids are uuid unless the field says text.

create table conductor (
  hostname text primary key,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now()
);

-- Heartbeats of the job runners (graphile-worker pools), one a start of a controller: whose locks are still alive.
create table worker_pool (
  id text primary key,
  conductor text not null,
  heartbeat_at timestamptz not null default now()
);

create table network (
  id uuid primary key,
  name text not null unique,
  role text unique check (role in ('inspection', 'provisioning', 'cleaning', 'rescuing', 'servicing', 'idle')),
  project_id text,
  shared boolean not null default false,
  network_type text not null check (network_type in ('flat', 'vlan', 'vxlan')),
  physical_network text,
  segmentation_id integer,
  -- {cidr, gateway, dns: []}: what the config drive tells a tenant's machine; null = DHCP
  subnet jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz
);
create unique index network_segment on network (network_type, coalesce(physical_network, ''), segmentation_id);

create table switch (
  id uuid primary key,
  name text not null unique,
  platform text not null,
  -- checked by the driver's own schema; secret members are moved to `secrets`
  options jsonb not null,
  secrets jsonb not null default '{}',
  -- patterns of port names that Switchyard was given (rule 4); nothing else is ever written
  managed_ports text[] not null,
  -- ranges such as 100-199,300
  managed_vlans text not null,
  -- where an unmapped port rests
  rest_policy text not null default 'idle' check (rest_policy in ('inspection', 'idle')),
  physical_network text,
  state text not null default 'new' check (state in ('new', 'ok', 'failed')),
  last_error text,
  -- SwitchDescription of the contract, with chassisIds
  description jsonb,
  observed_at timestamptz,
  persist_due_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz
);

create table switch_port (
  switch_id uuid not null references switch (id) on delete cascade,
  port_id text not null,
  position integer not null,
  aliases text[] not null default '{}',
  managed boolean not null,
  observed jsonb,
  observed_at timestamptz,
  -- PortSettings and IntentOwner of topology/plan
  intent jsonb,
  owner jsonb,
  generation bigint not null default 0,
  applied_generation bigint not null default 0,
  -- owner of the last applied intent: what rules 1 and 5 start from
  applied_owner jsonb,
  state text not null default 'unmanaged' check (state in ('unmanaged', 'pending', 'applied', 'failed')),
  last_error text,
  primary key (switch_id, port_id)
);

create table node (
  uuid uuid primary key,
  name text unique,
  driver text not null,
  driver_info jsonb not null default '{}',
  driver_internal_info jsonb not null default '{}',
  properties jsonb not null default '{}',
  instance_info jsonb not null default '{}',
  instance_uuid uuid unique,
  extra jsonb not null default '{}',
  resource_class text,
  owner text,
  lessee text,
  description text,
  conductor_group text not null default '',
  automated_clean boolean,
  protected boolean not null default false,
  protected_reason text,
  retired boolean not null default false,
  retired_reason text,
  -- interface fields chosen by the client (boot_interface ...); absent = the driver's default
  interfaces jsonb not null default '{}',
  provision_state text not null default 'enroll',
  target_provision_state text,
  provision_updated_at timestamptz,
  power_state text,
  target_power_state text,
  last_error text,
  maintenance boolean not null default false,
  maintenance_reason text,
  fault text,
  reservation text,
  clean_step jsonb not null default '{}',
  deploy_step jsonb not null default '{}',
  inspection_started_at timestamptz,
  inspection_finished_at timestamptz,
  -- Placement: where this node's ports are to be
  placement text not null default 'idle'
    check (placement in ('idle', 'inspection', 'provisioning', 'cleaning', 'rescuing', 'servicing', 'tenant')),
  -- since the last tenant, has the node passed cleaning? (rule 5)
  cleaned boolean not null default false,
  -- the lifecycle's cursor: {step, attempt, startedAt, deadline, data}
  cursor jsonb not null default '{}',
  inventory jsonb,
  plugin_data jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz
);
create index node_provision_state on node (provision_state);

create table portgroup (
  uuid uuid primary key,
  node_uuid uuid not null references node (uuid) on delete cascade,
  name text unique,
  address text unique,
  mode text not null default 'active-backup',
  properties jsonb not null default '{}',
  extra jsonb not null default '{}',
  internal_info jsonb not null default '{}',
  standalone_ports_supported boolean not null default true,
  physical_network text,
  created_at timestamptz not null default now(),
  updated_at timestamptz
);

create table port (
  uuid uuid primary key,
  node_uuid uuid not null references node (uuid) on delete cascade,
  address text not null unique,
  name text unique,
  pxe_enabled boolean not null default true,
  local_link_connection jsonb not null default '{}',
  physical_network text,
  portgroup_uuid uuid references portgroup (uuid) on delete set null,
  is_smartnic boolean not null default false,
  extra jsonb not null default '{}',
  internal_info jsonb not null default '{}',
  -- the switch port this NIC was resolved to; null = unmapped
  switch_id uuid references switch (id) on delete set null,
  switch_port_id text,
  -- why a tenant network is refused here (rule 7); null = evidence agrees
  contradiction text,
  created_at timestamptz not null default now(),
  updated_at timestamptz
);
create index port_node on port (node_uuid);
create index port_switch_port on port (switch_id, switch_port_id);

create table vif (
  id text not null,
  node_uuid uuid not null references node (uuid) on delete cascade,
  port_uuid uuid not null references port (uuid) on delete cascade,
  network_id uuid not null references network (id),
  created_at timestamptz not null default now(),
  primary key (node_uuid, id),
  unique (port_uuid)
);

create table link_evidence (
  id bigint generated always as identity primary key,
  source text not null check (source in ('host-lldp', 'switch-lldp', 'mac-table', 'operator')),
  address text not null,
  chassis_id_subtype integer,
  chassis_id text not null,
  port_id_subtype integer,
  port_id text not null,
  system_name text,
  -- the claim as received, e.g. [[type, hex], ...]
  raw jsonb,
  seen_at timestamptz not null default now()
);
create index link_evidence_address on link_evidence (address, seen_at desc);

create table operation (
  id uuid primary key,
  kind text not null,
  state text not null default 'pending' check (state in ('pending', 'running', 'succeeded', 'failed')),
  requested_by text not null,
  reason text not null,
  node_uuid uuid references node (uuid) on delete set null,
  -- [{switch, portId, generation, from, to, state, error, readBack, readBackAt}]
  legs jsonb not null default '[]',
  -- a node's placement before and after: a failed move takes it back
  placement_from text,
  placement_to text,
  error jsonb,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index operation_open on operation (created_at) where state in ('pending', 'running');
create index operation_node on operation (node_uuid, created_at desc);

create table event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  kind text not null,
  node_uuid uuid,
  switch_id uuid,
  message text not null,
  data jsonb not null default '{}'
);
create index event_node on event (node_uuid, id desc);

create table dhcp_lease (
  scope text not null,
  mac text not null,
  address text not null,
  state text not null check (state in ('offered', 'bound')),
  hostname text,
  expires_at timestamptz not null,
  primary key (scope, mac),
  unique (scope, address)
);

-- addresses that a client found in use by somebody else (DHCPDECLINE)
create table dhcp_aside (
  scope text not null,
  address text not null,
  until timestamptz not null,
  primary key (scope, address)
);
