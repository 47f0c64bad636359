/** DHCP message types, RFC 2132 §9.6. */
export const MESSAGE = {
  DISCOVER: 1,
  OFFER: 2,
  REQUEST: 3,
  DECLINE: 4,
  ACK: 5,
  NAK: 6,
  RELEASE: 7,
  INFORM: 8,
} as const;

const NAMES = Object.entries(MESSAGE);

/** `DISCOVER` for 1; `type 99` for what RFC 2132 does not list. */
export function messageName(type: number): string {
  return NAMES.find(([, value]) => value === type)?.[0] ?? `type ${type}`;
}

/** Option codes: RFC 2132, 3004 (77), 3046 (82), 4578 (93, 94, 97); 175 is iPXE's own encapsulation. */
export const OPTION = {
  PAD: 0,
  SUBNET_MASK: 1,
  ROUTER: 3,
  DNS_SERVER: 6,
  HOST_NAME: 12,
  BROADCAST: 28,
  VENDOR_SPECIFIC: 43,
  REQUESTED_ADDRESS: 50,
  LEASE_TIME: 51,
  OVERLOAD: 52,
  MESSAGE_TYPE: 53,
  SERVER_ID: 54,
  PARAMETER_LIST: 55,
  MESSAGE: 56,
  MAX_SIZE: 57,
  RENEWAL_TIME: 58,
  REBINDING_TIME: 59,
  VENDOR_CLASS: 60,
  TFTP_SERVER: 66,
  BOOT_FILE: 67,
  USER_CLASS: 77,
  RELAY_AGENT: 82,
  CLIENT_ARCH: 93,
  CLIENT_UNDI: 94,
  CLIENT_UUID: 97,
  IPXE: 175,
  END: 255,
} as const;

export const SERVER_PORT = 67;
export const CLIENT_PORT = 68;
export const BROADCAST_ADDRESS = '255.255.255.255';
export const NO_ADDRESS = '0.0.0.0';
