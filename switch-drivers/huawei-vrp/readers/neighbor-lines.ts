/**
 * Keys of an LLDP neighbour that we do not model. Command Reference, "display lldp neighbor", of S, AR, NE and CloudEngine:
 * basic, IEEE 802.1 and 802.3, LLDP-MED, DCBX, vendor and unknown TLVs.
 */
const KEYS = new Set([
  ...['system capabilities supported', 'system capabilities enabled', 'management address type', 'oid', 'expired time'],
  ...['management address interface type', 'management address interface id', 'management address oid', 'time to live'],
  ...['port vlan id(pvid)', 'port and protocol vlan id(ppvid)', 'port and protocol vlan supported'],
  ...[
    'port and protocol vlan enabled',
    'vlan name of vlan',
    'protocol identity',
    'management vlan id',
    'vid usage digest',
  ],
  ...['auto-negotiation supported', 'auto-negotiation enabled', 'opermau', 'power port class', 'pse power supported'],
  ...['pse power enabled', 'pse pairs control ability', 'power pairs', 'port power classification', 'power type'],
  ...['power source', 'power priority', 'pd requested power value', 'pse allocated power value'],
  ...['pd requested power mode a value', 'pd requested power mode b value', 'power class ext', 'power type ext'],
  ...['pse allocated power mode a value', 'pse allocated power mode b value', 'pse maximum available power'],
  ...['pse power pairs ext', 'pse powering status', 'pse autoclass support', 'pd 4pid', 'pd load', 'pd powered status'],
  ...['dual-signature power classx mode a', 'dual-signature power classx mode b', 'autoclass completed'],
  ...['autoclass request', 'power down request', 'power down time', 'power capability', 'power-up mode'],
  ...['link aggregation supported', 'link aggregation enabled', 'aggregation port id', 'maximum frame size'],
  ...['port identity', 'discovered time', 'eee support', 'transmit tw', 'receive tw', 'fallback receive tw'],
  ...['echo transmit tw', 'echo receive tw', 'network card id', 'med capability', 'med device type', 'device class'],
  ...['hardwarerev', 'firmwarerev', 'softwarerev', 'serialnum', 'serial number', 'manufacturer name', 'model name'],
  ...['hardware revision', 'firmware revision', 'software revision', 'asset tracking identifier', 'asset id'],
  ...['media policy type', 'unknown policy', 'vlan tagged', 'media policy vlanid', 'media policy vlan id'],
  ...['media policy l2 priority', 'media policy dscp', 'poe pse power source', 'port pse priority'],
  ...[
    'port available power value',
    'pd power priority',
    'location format',
    'location information',
    'ca type',
    'ca value',
  ],
  ...[
    'device serial number',
    'device model name',
    'device n infomation',
    'device n information',
    'tlv oui',
    'tlv subtype',
  ],
  ...['tlv type', 'tlv information', 'index', 'unrecognized organizationally defined tlv', 'unrecognized basic tlv'],
  ...['unknown organizationally-defined tlv', 'unknown basic tlv', 'med device information', 'dcbx information'],
  ...['dcbx version', 'pfc', 'ets', 'app', 'pg', 'device role', 'remote system mac', 'stack member id'],
]);

/** A key is known by its colon, or stands alone as a heading. */
export const KEY_LINE = /^\s*([A-Za-z][^:]{0,60})(?::|$)/;

export function isUnmodelledKey(text: string): boolean {
  const key = text.trim().toLowerCase().replace(/\s+/g, ' ');
  // The VLAN's id stands before the colon: `VLAN name of VLAN  1:VLAN 0001`.
  return KEYS.has(key) || KEYS.has(key.replace(/ \d+$/, '')) || KEYS.has(key.replace(/\d+/, 'n'));
}
