import { ascending } from '../cli/vlan-text.ts';
import { SaveFailed, type SimulatedDevice } from '../device.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import type { CommandResult } from '../ssh/exec-server.ts';

const DONE: CommandResult = { status: 0 };

/** `config ...` of sonic-utilities; whatever it refuses ends with status 2 and a line that begins with `Error:`. */
export async function config(device: SimulatedDevice, words: readonly string[]): Promise<CommandResult> {
  const { lockHeld } = device.faults;
  if (lockHeld !== null) return refuse(`Failed to acquire lock: it is held by ${lockHeld}`);
  const [group, ...rest] = words;
  if (group === 'save' && rest.join(' ') === '-y') return save(device);
  let result: CommandResult = { status: 2, complaint: `Error: No such command "${words.join(' ')}".\n` };
  device.model.change(`config ${words.join(' ')}`, (running) => {
    result = change(running, group, rest) ?? result;
  });
  return result;
}

async function save(device: SimulatedDevice): Promise<CommandResult> {
  try {
    await device.save();
    const file = '/etc/sonic/config_db.json';
    return { status: 0, output: `Running command: /usr/local/bin/sonic-cfggen -d --print-data > ${file}\n` };
  } catch (error) {
    if (error instanceof SaveFailed) return { status: 1, complaint: `${error.message}\n` };
    throw error;
  }
}

/** Undefined: there is no such command. */
function change(running: SimConfig, group: string | undefined, words: readonly string[]): CommandResult | undefined {
  const [action, ...rest] = words;
  if (group === 'interface') return setAdmin(running, action, rest[0] ?? '');
  if (group === 'switchport' && action === 'mode') return setMode(running, rest[0] ?? '', rest[1] ?? '');
  if (group !== 'vlan') return undefined;
  if (action === 'add') return addVlan(running, rest[0] ?? '');
  if (action !== 'member') return undefined;
  const [verb, ...member] = rest;
  const untagged = member[0] === '-u';
  const [vlan = '', portId = ''] = untagged ? member.slice(1) : member;
  if (verb === 'add') return addMember(running, vlan, portId, untagged);
  return verb === 'del' ? deleteMember(running, vlan, portId) : undefined;
}

function setAdmin({ ports }: SimConfig, action: string | undefined, portId: string): CommandResult | undefined {
  if (action !== 'startup' && action !== 'shutdown') return undefined;
  const port = ports[portId];
  if (!port) return refuse('Interface name is invalid. Please enter a valid interface name!!');
  port.adminUp = action === 'startup';
  return DONE;
}

function addVlan({ vlans }: SimConfig, text: string): CommandResult {
  const id = vlanId(text);
  if (id === null) return refuse('Invalid VLAN ID, must be in [2-4094]');
  if (vlans[id]) return refuse(`Vlan${id} already exists`);
  vlans[id] = { name: `Vlan${id}`, active: true };
  return DONE;
}

function addMember({ vlans, ports }: SimConfig, text: string, portId: string, untagged: boolean): CommandResult {
  const id = vlanId(text);
  const port = ports[portId];
  if (id === null || !vlans[id]) return refuse(`Vlan${text} does not exist`);
  if (!port) return refuse(`Interface name ${portId} is invalid!`);
  if (members(port).includes(id)) return refuse(`${portId} is already a member of Vlan${id}!`);
  const mode = modeOf(port);
  if (mode === 'routed') {
    return refuse(`${portId} is in routed mode!\nUse switchport mode command to change port mode`);
  }
  if (mode === 'access' && !untagged) return refuse(`${portId} is in access mode! Tagged Members cannot be added`);
  if (untagged && port.nativeVlan !== 'tag') return refuse(`${portId} is already untagged member!`);
  port.allowed = ascending([...members(port), id]);
  if (untagged) port.nativeVlan = id;
  return DONE;
}

function deleteMember({ vlans, ports }: SimConfig, text: string, portId: string): CommandResult {
  const id = vlanId(text);
  const port = ports[portId];
  if (id === null || !vlans[id]) return refuse(`Vlan${text} does not exist`);
  if (!port || !members(port).includes(id)) return refuse(`${portId} is not a member of Vlan${id}`);
  port.allowed = members(port).filter((vlan) => vlan !== id);
  if (port.nativeVlan === id) port.nativeVlan = 'tag';
  return DONE;
}

function setMode({ ports }: SimConfig, mode: string, portId: string): CommandResult {
  const port = ports[portId];
  if (!port) return refuse(`Interface name ${portId} is invalid!`);
  const tagged = members(port).filter((vlan) => vlan !== port.nativeVlan);
  if (mode === 'access' && tagged.length > 0) {
    return refuse(`${portId} is in trunk mode and have tagged member(s).\nRemove tagged member(s) from ${portId}`);
  }
  if (mode === 'routed' && members(port).length > 0) return refuse(`Remove ${portId} from its VLANs first`);
  if (!['access', 'trunk', 'routed'].includes(mode)) return refuse(`Invalid value for "<type>": ${mode}`);
  port.extra = [`mode ${mode}`];
  return DONE;
}

export function members(port: SimPortConfig): number[] {
  return port.allowed === 'all' ? [] : port.allowed;
}

export function modeOf({ extra }: SimPortConfig): string {
  return extra.find((row) => row.startsWith('mode '))?.slice('mode '.length) ?? 'routed';
}

/** VLAN 1 cannot be made: it is the default one of the hardware. */
function vlanId(text: string): number | null {
  return /^\d{1,4}$/.test(text) && Number(text) >= 2 && Number(text) <= 4094 ? Number(text) : null;
}

function refuse(text: string): CommandResult {
  return { status: 2, complaint: `Usage: config [OPTIONS] COMMAND [ARGS]...\n\nError: ${text}\n` };
}
