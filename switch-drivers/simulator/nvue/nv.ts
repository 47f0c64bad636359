import { Candidate } from '../cli/candidate.ts';
import { defaultVlanName, vlanIds } from '../cli/vlan-text.ts';
import { SaveFailed, type SimulatedDevice } from '../device.ts';
import type { SimConfig } from '../model/config.ts';
import type { CommandResult } from '../ssh/exec-server.ts';
import { type DomainRow, domainValue, setDomain, unsetDomain } from './domain.ts';
import { showInterfaces, showVlans } from './show.ts';

const DONE: CommandResult = { status: 0 };
const ROWS: readonly string[] = ['access', 'untagged', 'vlan'];

/** NVUE on one device: the revision that its only user edits outlives the user's sessions. */
export class Nvue {
  #device: SimulatedDevice;
  #revision: Candidate;
  #applied = 1;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    this.#revision = new Candidate(device.model);
  }

  async run(words: readonly string[]): Promise<CommandResult> {
    const command = words.join(' ');
    if (command === 'config detach') return this.#detach();
    if (command === 'config apply --assume-yes' || command === 'config apply -y') return this.#apply();
    if (command === 'config save') return this.#save();
    if (words[0] === 'show') return this.#show(command);
    const [verb, ...path] = words;
    let refusal: string | null = `Error: Invalid command: nv ${command}`;
    if (verb === 'set' || verb === 'unset') {
      this.#revision.change(command, (config) => {
        refusal = edit(config, verb, path);
      });
    }
    return refusal === null ? DONE : { status: 1, complaint: `${refusal}\n` };
  }

  /** A reboot loses what was not applied. */
  forget(): void {
    this.#revision.drop();
  }

  #detach(): CommandResult {
    this.#revision.drop();
    return DONE;
  }

  /** Refused as a whole, the revision stays as it is. */
  #apply(): CommandResult {
    const { lockHeld } = this.#device.faults;
    if (lockHeld !== null) return { status: 1, complaint: `Error: ${lockHeld} is applying a revision\n` };
    if (!this.#revision.pending) return { status: 0, output: 'no changes to apply\n' };
    const wrong = invalid(this.#revision.merged);
    if (wrong !== null) {
      return { status: 1, complaint: `Invalid config [rev_id: ${this.#applied + 1}]\n  Config invalid at ${wrong}\n` };
    }
    this.#revision.commit();
    this.#applied += 1;
    return { status: 0, output: `applied [rev_id: ${this.#applied}]\n` };
  }

  async #save(): Promise<CommandResult> {
    try {
      await this.#device.save();
      return { status: 0, output: `saved [rev_id: ${this.#applied}]\n` };
    } catch (error) {
      if (error instanceof SaveFailed) return { status: 1, complaint: `${error.message}\n` };
      throw error;
    }
  }

  #show(command: string): CommandResult {
    const pending = command.endsWith(' --pending');
    const config = pending ? this.#revision.merged : this.#device.model.running;
    const what = pending ? command.slice(0, -' --pending'.length) : command;
    if (what === 'show bridge domain br_default vlan -o json') return { status: 0, output: showVlans(config) };
    if (what === 'show interface -o json') return { status: 0, output: showInterfaces(config) };
    return { status: 1, complaint: `Error: Invalid command: nv ${command}\n` };
  }
}

/** Edits the revision; what the device says when it refuses, else null. */
function edit(config: SimConfig, verb: 'set' | 'unset', path: readonly string[]): string | null {
  const [kind, name = '', ...rest] = path;
  if (kind === 'bridge' && path.slice(1, 4).join(' ') === 'domain br_default vlan') {
    return editVlans(config, verb, path[4] ?? '');
  }
  if (kind !== 'interface') return `Error: Invalid parameter at ${path.join('.')}`;
  const port = config.ports[name];
  if (!port) return `Error: ${name} is not a physical interface on this switch`;
  if (rest.slice(0, 2).join(' ') === 'link state' && verb === 'set') {
    const [state] = rest.slice(2);
    if (state !== 'up' && state !== 'down')
      return `Error: Invalid parameter at interface.${name}.link.state: '${state}'`;
    port.adminUp = state === 'up';
    return null;
  }
  const [row = null, value = ''] = rest.slice(3);
  if (rest.slice(0, 3).join(' ') !== 'bridge domain br_default' || (row !== null && !ROWS.includes(row))) {
    return `Error: Invalid parameter at ${path.join('.')}`;
  }
  return editDomain(port, verb, row as DomainRow | null, value);
}

function editDomain(
  port: SimConfig['ports'][string],
  verb: 'set' | 'unset',
  row: DomainRow | null,
  value: string,
): string | null {
  if (verb === 'unset') {
    unsetDomain(port, row);
    return null;
  }
  const valid = row === null || (row === 'untagged' && value === 'none') || vlanIds(value) !== null;
  const single = row === 'vlan' || !/[,-]/.test(value);
  if (!valid || !single) return `Error: Invalid parameter at bridge.domain.br_default.${row}: '${value}'`;
  // Several lines of one list make one list.
  const list = row === 'vlan' ? vlanIds([domainValue(port, 'vlan'), value].filter(Boolean).join(',')) : null;
  setDomain(port, row, list === null ? value : list.join(','));
  return null;
}

function editVlans({ vlans }: SimConfig, verb: 'set' | 'unset', text: string): string | null {
  const ids = vlanIds(text);
  if (ids === null) return `Error: Invalid parameter at bridge.domain.br_default.vlan: '${text}'`;
  for (const id of ids) {
    if (verb === 'unset') delete vlans[id];
    else vlans[id] ??= { name: defaultVlanName(id), active: true };
  }
  return null;
}

/** Where a configuration asks for VLANs that the bridge has not; null: nowhere. */
function invalid({ ports, vlans }: SimConfig): string | null {
  for (const [name, port] of Object.entries(ports)) {
    const access = domainValue(port, 'access');
    if (access !== null && !vlans[Number(access)]) {
      return `interface.${name}.bridge.domain.br_default.access: ${access} is no VLAN of the bridge`;
    }
  }
  return null;
}
