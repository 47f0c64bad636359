export type PowerState = 'power on' | 'power off';
export type PowerAction = 'on' | 'off' | 'reset' | 'cycle' | 'soft';
export type BootDevice = 'pxe' | 'disk' | 'cdrom' | 'bios' | 'safe';
export type BootMode = 'bios' | 'uefi';

/** What a BMC says of the server it sits in; used to know a node again before any of its MACs is known. */
export interface BmcIdentity {
  /** RFC 4122 text form, lower case. Vendors disagree about the byte order: compare with `sameUuid`. */
  systemUuid: string | null;
  vendor: string | null;
  model: string | null;
  serial: string | null;
  /** MACs of the server's own NICs, lower case with colons; empty where the BMC does not know them (IPMI). */
  macs: string[];
}

export interface BootDeviceState {
  device: BootDevice | null;
  persistent: boolean | null;
}

/**
 * One server's management controller. Every method throws a FabricError with a `bmc_*` code:
 * `bmc_unreachable` (retryable), `bmc_auth_failed`, `bmc_certificate_untrusted`, `bmc_unsupported`,
 * `bmc_command_failed` (the BMC's own words), `bmc_answer_invalid`, `bmc_tool_missing`, `bmc_system_unknown`.
 */
export interface Bmc {
  /** Proves address, credentials and privilege by reading the power state, and says which server this is. */
  verify(): Promise<BmcIdentity>;
  powerState(): Promise<PowerState>;
  /**
   * Asks for the action and returns when the BMC accepted it; a server already in the wanted state is left alone,
   * and `reset`/`cycle` of a server that is off turn it on. Use `waitForPower` to see the effect.
   */
  setPower(action: PowerAction): Promise<void>;
  getBootDevice(): Promise<BootDeviceState>;
  /** `mode` is left as it is where not given. */
  setBootDevice(device: BootDevice, options: { persistent: boolean; mode?: BootMode }): Promise<void>;
  supportedBootDevices(): BootDevice[];
  /** Ends what is kept open at the BMC (a Redfish session). The object may be used again afterwards. */
  close(): Promise<void>;
}
