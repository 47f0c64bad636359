import type { z } from 'zod';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Bmc, BmcIdentity, BootDevice, BootDeviceState, BootMode, PowerAction, PowerState } from '../bmc.ts';
import type { RedfishTarget } from '../driver-info.ts';
import { waitForPower } from '../wait-for-power.ts';
import { type Fetched, RedfishClient } from './client.ts';
import { actionInfoSchema, collectionSchema, ethernetInterfaceSchema, type System, systemSchema } from './schema.ts';

const bootTargets: Record<BootDevice, string> = {
  pxe: 'Pxe',
  disk: 'Hdd',
  cdrom: 'Cd',
  bios: 'BiosSetup',
  safe: 'Diags',
};
const bootModes: Record<BootMode, string> = { bios: 'Legacy', uefi: 'UEFI' };
const maxInterfaces = 64;

/** ResetTypes (DSP0268) that do what is asked, best first. */
const resetTypes: Record<PowerAction, string[]> = {
  on: ['On', 'ForceOn'],
  off: ['ForceOff'],
  reset: ['ForceRestart', 'PowerCycle'],
  cycle: ['PowerCycle', 'FullPowerCycle'],
  soft: ['GracefulShutdown', 'PushPowerButton'],
};

export class RedfishBmc implements Bmc {
  readonly #target: RedfishTarget;
  readonly #client: RedfishClient;
  #systemPath: string | null = null;

  constructor(target: RedfishTarget) {
    this.#target = target;
    this.#client = new RedfishClient(target);
  }

  async verify(): Promise<BmcIdentity> {
    const { system } = await this.#system();
    this.#powerOf(system);
    return {
      systemUuid: system.UUID?.toLowerCase() ?? null,
      vendor: system.Manufacturer ?? null,
      model: system.Model ?? null,
      serial: system.SerialNumber ?? system.SKU ?? null,
      macs: await this.#macs(system),
    };
  }

  async powerState(): Promise<PowerState> {
    return this.#powerOf((await this.#system()).system);
  }

  async setPower(action: PowerAction): Promise<void> {
    const { system } = await this.#system();
    const before = this.#powerOf(system);
    if (before === 'power off') {
      if (action !== 'off' && action !== 'soft') await this.#reset(system, 'on');
    } else if (action === 'cycle' && !(await this.#resetTypeFor(system, 'cycle'))) {
      await this.#reset(system, 'off');
      await waitForPower(this, 'power off');
      await this.#reset(system, 'on');
    } else if (action !== 'on') {
      await this.#reset(system, action);
    }
  }

  async getBootDevice(): Promise<BootDeviceState> {
    const boot = (await this.#system()).system.Boot;
    const enabled = boot?.BootSourceOverrideEnabled;
    if (enabled !== 'Once' && enabled !== 'Continuous') return { device: null, persistent: null };
    const device =
      (Object.keys(bootTargets) as BootDevice[]).find((name) => bootTargets[name] === boot?.BootSourceOverrideTarget) ??
      null;
    return { device, persistent: device === null ? null : enabled === 'Continuous' };
  }

  async setBootDevice(device: BootDevice, options: { persistent: boolean; mode?: BootMode }): Promise<void> {
    const { path, system, etag } = await this.#system();
    const boot = system.Boot ?? {};
    const target = bootTargets[device];
    const enabled = options.persistent ? 'Continuous' : 'Once';
    this.#mustAllow(boot['BootSourceOverrideTarget@Redfish.AllowableValues'], target, 'boot device');
    this.#mustAllow(boot['BootSourceOverrideEnabled@Redfish.AllowableValues'], enabled, 'boot override duration');
    const wanted: Record<string, string> = { BootSourceOverrideTarget: target, BootSourceOverrideEnabled: enabled };
    // Several BMCs refuse a mode, even the present one, in the same PATCH: it is sent only to change it.
    if (options.mode && boot.BootSourceOverrideMode !== bootModes[options.mode]) {
      this.#mustAllow(boot['BootSourceOverrideMode@Redfish.AllowableValues'], bootModes[options.mode], 'boot mode');
      wanted.BootSourceOverrideMode = bootModes[options.mode];
    }
    await this.#client.patch(path, { Boot: wanted }, etag, `boot from ${device}`);
  }

  supportedBootDevices(): BootDevice[] {
    return ['pxe', 'disk', 'cdrom', 'bios', 'safe'];
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #mustAllow(allowed: string[] | null | undefined, value: string, what: string): void {
    if (!allowed || allowed.length === 0 || allowed.includes(value)) return;
    throw new FabricError(
      'bmc_unsupported',
      `The BMC ${this.#client.origin} offers no ${what} "${value}", only: ${allowed.join(', ')}. Choose one of these.`,
      {
        context: { address: this.#client.origin, allowed },
      },
    );
  }

  async #reset(system: System, action: PowerAction): Promise<void> {
    const target = system.Actions?.['#ComputerSystem.Reset']?.target;
    const type = target ? await this.#resetTypeFor(system, action) : null;
    if (!target || !type) {
      throw new FabricError(
        'bmc_unsupported',
        `The BMC ${this.#client.origin} offers no reset action for "${action}". Do it by hand.`,
        {
          context: { address: this.#client.origin, action },
        },
      );
    }
    await this.#client.post(target, { ResetType: type }, `reset with ${type}`);
  }

  async #resetTypeFor(system: System, action: PowerAction): Promise<string | null> {
    const reset = system.Actions?.['#ComputerSystem.Reset'];
    let allowed = reset?.['ResetType@Redfish.AllowableValues'];
    const info = reset?.['@Redfish.ActionInfo'];
    if (!allowed && info) {
      const { Parameters } = this.#parse(actionInfoSchema, await this.#client.get(info, 'list its reset types'));
      allowed = Parameters.find((parameter) => parameter.Name === 'ResetType')?.AllowableValues;
    }
    const fit = resetTypes[action];
    return (allowed ? fit.find((type) => allowed.includes(type)) : fit[0]) ?? null;
  }

  #powerOf(system: System): PowerState {
    switch (system.PowerState) {
      case 'On':
      case 'PoweringOff':
        return 'power on';
      case 'Off':
      case 'PoweringOn':
        return 'power off';
      default:
        throw new FabricError(
          'bmc_answer_invalid',
          `The BMC ${this.#client.origin} gives the power state "${system.PowerState ?? 'none'}". Try again later.`,
          {
            retryable: true,
          },
        );
    }
  }

  async #macs(system: System): Promise<string[]> {
    const collection = system.EthernetInterfaces?.['@odata.id'];
    if (!collection) return [];
    const { Members } = this.#parse(collectionSchema, await this.#client.get(collection, 'list the NICs'));
    const macs = new Set<string>();
    for (const member of Members.slice(0, maxInterfaces)) {
      const nic = this.#parse(ethernetInterfaceSchema, await this.#client.get(member['@odata.id'], 'read a NIC'));
      const mac = (nic.MACAddress || nic.PermanentMACAddress || '').toLowerCase().replaceAll('-', ':');
      if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) macs.add(mac);
    }
    return [...macs];
  }

  async #system(): Promise<{ path: string; system: System; etag: string | null }> {
    this.#systemPath ??= await this.#findSystem();
    const path = this.#systemPath;
    const fetched = await this.#client.get(path, 'read the system');
    return { path, system: this.#parse(systemSchema, fetched), etag: fetched.etag };
  }

  async #findSystem(): Promise<string> {
    const id = this.#target.systemId;
    if (id) return id.startsWith('/') ? id : `/redfish/v1/Systems/${encodeURIComponent(id)}`;
    const { Members } = this.#parse(
      collectionSchema,
      await this.#client.get('/redfish/v1/Systems', 'list its systems'),
    );
    if (Members.length === 1) return Members[0]!['@odata.id'];
    const ids = Members.slice(0, 20).map((member) => member['@odata.id']);
    throw new FabricError(
      'bmc_system_unknown',
      Members.length === 0
        ? `The BMC ${this.#client.origin} lists no system. Set driver_info/redfish_system_id if you know its path.`
        : `The BMC ${this.#client.origin} manages several systems. Set driver_info/redfish_system_id to one of: ${ids.join(', ')}`,
      { context: { address: this.#client.origin, systems: ids } },
    );
  }

  #parse<T>(schema: z.ZodType<T>, fetched: Fetched): T {
    const result = schema.safeParse(fetched.body);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    throw new FabricError(
      'bmc_answer_invalid',
      `The BMC ${this.#client.origin} sent a resource without a usable ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
}
