/** Hardware types and what their interfaces are here. An interface that is off has Ironic's `no-` name. */
export const INTERFACES = [
  'bios',
  'boot',
  'console',
  'deploy',
  'firmware',
  'inspect',
  'management',
  'network',
  'power',
  'raid',
  'rescue',
  'storage',
  'vendor',
] as const;
export type InterfaceName = (typeof INTERFACES)[number];

export interface HardwareType {
  name: string;
  /** First one is the default. */
  interfaces: Readonly<Record<InterfaceName, readonly [string, ...string[]]>>;
  /** driver_info keys with what they mean. */
  properties: Readonly<Record<string, string>>;
}

const COMMON = {
  bios: ['no-bios'],
  boot: ['ipxe'],
  console: ['no-console'],
  deploy: ['direct'],
  firmware: ['no-firmware'],
  inspect: ['agent'],
  network: ['switchyard'],
  raid: ['no-raid'],
  rescue: ['no-rescue'],
  storage: ['noop'],
  vendor: ['no-vendor'],
} as const satisfies Partial<HardwareType['interfaces']>;

export const HARDWARE_TYPES: readonly HardwareType[] = [
  {
    name: 'ipmi',
    interfaces: { ...COMMON, management: ['ipmitool'], power: ['ipmitool'] },
    properties: {
      ipmi_address: 'IP address or host name of the BMC. Required.',
      ipmi_username: 'User name at the BMC. Optional: the null user.',
      ipmi_password: 'Password at the BMC, at most 20 bytes. Optional.',
      ipmi_port: 'UDP port of the BMC. Optional: 623.',
      ipmi_priv_level: 'ADMINISTRATOR, OPERATOR, USER or CALLBACK. Optional: ADMINISTRATOR.',
      ipmi_cipher_suite: 'Cipher suite number. Optional: 17, then 3.',
    },
  },
  {
    name: 'redfish',
    interfaces: { ...COMMON, management: ['redfish'], power: ['redfish'] },
    properties: {
      redfish_address: 'URL of the BMC, https unless it says otherwise. Required.',
      redfish_username: 'User name at the BMC. Optional.',
      redfish_password: 'Password at the BMC. Optional.',
      redfish_system_id: 'Path of the system, such as /redfish/v1/Systems/1. Required only where the BMC has several.',
      redfish_verify_ca:
        'true, false, a SHA-256 fingerprint of the certificate, or a PEM certificate or its path. Optional: true.',
      redfish_auth_type: 'auto, basic or session. Optional: auto.',
    },
  },
];

export const hardwareType = (name: string): HardwareType | undefined =>
  HARDWARE_TYPES.find((type) => type.name === name);

/** The interface in use: what the client chose, or the driver's default; null for a driver that is no longer there. */
export function interfaceOf(driver: string, name: InterfaceName, chosen: Record<string, string>): string | null {
  return chosen[`${name}_interface`] ?? hardwareType(driver)?.interfaces[name][0] ?? null;
}
