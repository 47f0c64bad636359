import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Bmc, BmcIdentity, BootDevice, BootDeviceState, BootMode, PowerAction, PowerState } from '../bmc.ts';
import type { IpmiTarget } from '../driver-info.ts';
import { systemUuidFromGuid } from '../same-uuid.ts';
import { ipmitool } from './ipmitool.ts';
import { parseBootFlags, parseFields, parsePowerStatus, parseRawBytes } from './parse.ts';

export class IpmiBmc implements Bmc {
  readonly #target: IpmiTarget;
  /** BMCs have a handful of sessions: one command at a time. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(target: IpmiTarget) {
    this.#target = target;
  }

  async verify(): Promise<BmcIdentity> {
    await this.powerState();
    const info = parseFields(await this.#optional(['mc', 'info']));
    const fru = parseFields(await this.#optional(['fru', 'print', '0']));
    const guid = parseRawBytes(await this.#optional(['raw', '0x06', '0x37']), 16);
    return {
      systemUuid: guid ? systemUuidFromGuid(guid) : null,
      vendor: fru.get('Product Manufacturer') ?? fru.get('Board Mfg') ?? info.get('Manufacturer Name') ?? null,
      model: fru.get('Product Name') ?? fru.get('Board Product') ?? info.get('Product Name') ?? null,
      serial: fru.get('Product Serial') ?? fru.get('Chassis Serial') ?? fru.get('Board Serial') ?? null,
      macs: [],
    };
  }

  async powerState(): Promise<PowerState> {
    const text = await this.#run(['chassis', 'power', 'status']);
    const state = parsePowerStatus(text);
    if (state) return state;
    throw new FabricError(
      'bmc_answer_invalid',
      `The BMC ${this.#target.host} gave no power state but: ${text.trim().slice(0, 200)}`,
    );
  }

  async setPower(action: PowerAction): Promise<void> {
    const before = await this.powerState();
    if (before === 'power off') {
      if (action === 'off' || action === 'soft') return;
      // IPMI 2.0 28.3: reset and cycle of a powered-off system are refused.
      await this.#run(['chassis', 'power', 'on']);
    } else if (action !== 'on') {
      await this.#run(['chassis', 'power', action]);
    }
  }

  async getBootDevice(): Promise<BootDeviceState> {
    return parseBootFlags(await this.#run(['chassis', 'bootparam', 'get', '5']));
  }

  async setBootDevice(device: BootDevice, options: { persistent: boolean; mode?: BootMode }): Promise<void> {
    // IPMI 2.0 table 28-14 parameter 3: keep the flags although the power-on may come later than 60 s.
    await this.#optional(['raw', '0x00', '0x08', '0x03', '0x08']);
    const flags = [...(options.persistent ? ['persistent'] : []), ...(options.mode === 'uefi' ? ['efiboot'] : [])];
    await this.#run(['chassis', 'bootdev', device, ...(flags.length > 0 ? [`options=${flags.join(',')}`] : [])]);
  }

  supportedBootDevices(): BootDevice[] {
    return ['pxe', 'disk', 'cdrom', 'bios', 'safe'];
  }

  async close(): Promise<void> {
    await this.#queue.catch(() => undefined);
  }

  #run(command: string[]): Promise<string> {
    const result = this.#queue.then(() => ipmitool(this.#target, command));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** For what a BMC need not implement: empty where it refuses. */
  async #optional(command: string[]): Promise<string> {
    try {
      return await this.#run(command);
    } catch (error) {
      if (isFabricError(error, 'bmc_command_failed')) return '';
      throw error;
    }
  }
}
