/** What a port's part of the running configuration says beyond the JSON tables. */
export interface InterfaceConfig {
  shutdown: boolean;
  description: string | null;
  /** LAG interface the port is a member of. */
  lag: string | null;
  /** `switchport trunk native vlan tag`: untagged frames are dropped. */
  nativeTagged: boolean;
  /** Layer 2 settings that a PortSettings cannot express (QinQ, translation, trunk groups, phone VLAN ...). */
  unmodelled: string[];
  /** All lines of the block, as configured. */
  settings: string[];
}

/** Lines about which VLANs a port carries that the JSON tables tell us in full. */
const MODELLED = [
  /^(no )?switchport$/,
  /^switchport mode (access|trunk)$/,
  /^switchport access vlan \d+$/,
  /^switchport trunk native vlan (\d+|tag)$/,
  /^switchport trunk allowed vlan .+$/,
];

/** Reads `show running-config section interface`: blocks that begin with `interface NAME`, settings indented below. */
export function interfaceConfigs(text: string): Map<string, InterfaceConfig> {
  const configs = new Map<string, InterfaceConfig>();
  let current: InterfaceConfig | null = null;
  for (const row of text.split('\n')) {
    const heading = /^interface (\S+)\s*$/.exec(row);
    if (heading) {
      current = { shutdown: false, description: null, lag: null, nativeTagged: false, unmodelled: [], settings: [] };
      configs.set(heading[1]!, current);
    } else if (!/^\s/.test(row)) {
      current = null;
    } else if (current) {
      readSetting(current, row.trim());
    }
  }
  return configs;
}

function readSetting(config: InterfaceConfig, setting: string): void {
  config.settings.push(setting);
  const group = /^channel-group (\d+) mode /.exec(setting);
  if (group) config.lag = `Port-Channel${group[1]}`;
  else if (setting === 'shutdown') config.shutdown = true;
  else if (setting.startsWith('description ')) config.description = setting.slice('description '.length);
  else if (setting === 'switchport trunk native vlan tag') config.nativeTagged = true;
  else if (
    /^(switchport|l2-protocol|private-vlan|dot1x)\b/.test(setting) &&
    !MODELLED.some((known) => known.test(setting))
  ) {
    config.unmodelled.push(setting);
  }
}
