/** Names of the numbers in LLDP TLVs, for people; IEEE 802.1AB-2016 tables 8-2, 8-3, 8-4 and 8-5. */

const chassisSubtypes: Record<number, string> = {
  1: 'chassis-component',
  2: 'interface-alias',
  3: 'port-component',
  4: 'mac-address',
  5: 'network-address',
  6: 'interface-name',
  7: 'locally-assigned',
};

const portSubtypes: Record<number, string> = {
  1: 'interface-alias',
  2: 'port-component',
  3: 'mac-address',
  4: 'network-address',
  5: 'interface-name',
  6: 'agent-circuit-id',
  7: 'locally-assigned',
};

const capabilityBits = [
  'other',
  'repeater',
  'bridge',
  'wlan-access-point',
  'router',
  'telephone',
  'docsis-cable-device',
  'station-only',
  'c-vlan-component',
  's-vlan-component',
  'two-port-mac-relay',
];

const interfaceSubtypes: Record<number, string> = { 1: 'unknown', 2: 'if-index', 3: 'system-port-number' };

const medApplications: Record<number, string> = {
  1: 'voice',
  2: 'voice-signalling',
  3: 'guest-voice',
  4: 'guest-voice-signalling',
  5: 'softphone-voice',
  6: 'video-conferencing',
  7: 'streaming-video',
  8: 'video-signalling',
};

const medDeviceTypes: Record<number, string> = {
  1: 'endpoint-class-1',
  2: 'endpoint-class-2',
  3: 'endpoint-class-3',
  4: 'network-connectivity',
};

const named = (table: Record<number, string>) => (code: number) => table[code] ?? `reserved-${code}`;

export const chassisSubtypeName = named(chassisSubtypes);
export const portSubtypeName = named(portSubtypes);
export const interfaceSubtypeName = named(interfaceSubtypes);
export const medApplicationName = named(medApplications);
export const medDeviceTypeName = named(medDeviceTypes);

export function capabilityNames(bitmap: number): string[] {
  return Array.from({ length: 16 }, (_, bit) => bit)
    .filter((bit) => bitmap & (1 << bit))
    .map((bit) => capabilityBits[bit] ?? `reserved-bit-${bit}`);
}
