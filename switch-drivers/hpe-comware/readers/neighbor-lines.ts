/**
 * Keys of an LLDP or CDP neighbour that we do not model. Layer 2 Command Reference, "display lldp neighbor-information",
 * of Comware 5 and 7: basic, IEEE 802.1 and 802.3, LLDP-MED, DCBX and unknown TLVs.
 */
const KEYS = new Set([
  ...['lldp neighbor index', 'neighbor index', 'cdp neighbor index', 'update time', 'time to live', 'capabilities'],
  ...['system capabilities supported', 'system capabilities enabled', 'management address type'],
  ...['management address interface type', 'management address interface id', 'management address oid'],
  ...['port vlan id(pvid)', 'port and protocol vlan id(ppvid)', 'port and protocol vlan supported'],
  ...[
    'port and protocol vlan enabled',
    'vlan name of vlan',
    'vlan name of vlan n',
    'management vlan id',
    'protocol identity',
  ],
  ...['vid usage digest', 'link aggregation supported', 'link aggregation enabled', 'aggregation port id'],
  ...['auto-negotiation supported', 'auto-negotiation enabled', 'operational mau', 'opermau', 'power port class'],
  ...[
    'pse power supported',
    'pse power enabled',
    'pse pairs control ability',
    'power pairs',
    'port power classification',
  ],
  ...['power type', 'power source', 'power priority', 'pd requested power value', 'pse allocated power value'],
  ...[
    'maximum frame size',
    'transmit tw',
    'receive tw',
    'fallback receive tw',
    'remote transmit tw',
    'remote receive tw',
  ],
  ...['echo transmit tw', 'echo receive tw', 'eee support', 'med information', 'device class', 'media policy type'],
  ...['unknown policy', 'vlan tagged', 'media policy vlan id', 'media policy vlanid', 'media policy l2 priority'],
  ...['media policy dscp', 'location format', 'location information', 'poe pse power source', 'poe service type'],
  ...['port pse priority', 'pd power priority', 'port available power value', 'port pd priority', 'power value'],
  ...['hardwarerev', 'firmwarerev', 'softwarerev', 'serialnum', 'manufacturer name', 'model name'],
  ...['asset tracking identifier', 'dcbx control info', 'dcbx pg parameter info', 'dcbx pfc parameter info'],
  ...['dcbx app parameter info', 'oper version', 'max version', 'sequence no', 'acknowledge no', 'dcbx version'],
  ...['software version', 'platform', 'duplex', 'address', 'native vlan', 'cdp neighbor-information', 'capability'],
  ...['unknown basic tlv', 'unknown organizationally-defined tlv', 'unrecognized organizationally-defined tlv'],
  ...['tlv type', 'tlv information', 'tlv oui', 'tlv subtype', 'index', 'ca type', 'ca value', 'power mdi'],
]);

export const KEY_LINE = /^\s*([A-Za-z][^:]{0,60}):/;

export function isUnmodelledKey(key: string): boolean {
  return KEYS.has(key.trim().toLowerCase().replace(/\s+/g, ' ').replace(/\d+$/, 'n'));
}
