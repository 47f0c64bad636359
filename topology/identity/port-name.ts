import { tryParseMac } from './mac.ts';

/** Interface type -> the names under which CLIs and LLDP of the platforms abbreviate it (lower case). */
const types: Record<string, string[]> = {
  ethernet: ['e', 'et', 'eth', 'ethernet'],
  fastethernet: ['fa', 'fastethernet'],
  gigabitethernet: ['g', 'gi', 'gig', 'ge', 'gigabitethernet'],
  twogigabitethernet: ['tw', 'twogigabitethernet'],
  fivegigabitethernet: ['fi', 'fivegigabitethernet'],
  tengigabitethernet: ['te', 'ten', 'xge', 'tengigabitethernet', 'ten-gigabitethernet', 'tengige'],
  twentyfivegige: ['twe', 'wge', 'twentyfivegige', 'twenty-fivegige', 'twentyfivegigabitethernet'],
  fortygigabitethernet: ['fo', 'fge', 'fortygige', 'fortygigabitethernet'],
  fiftygige: ['fif', 'fiftygige'],
  hundredgige: ['hu', 'hge', 'hundredgige', 'hundredgigabitethernet'],
  fourhundredgige: ['fou', 'fourhundredgige'],
  portchannel: ['po', 'port-channel', 'portchannel'],
  bridgeaggregation: ['bagg', 'bridge-aggregation'],
  management: ['ma', 'mgmt', 'management'],
};

const typeOf = new Map(Object.entries(types).flatMap(([type, names]) => names.map((name) => [name, type] as const)));

/**
 * A name under which equal ports are equal: Eth1/1 = Ethernet1/1, Gi1/0/1 = GigabitEthernet1/0/1, ge-0/0/1.0 = ge-0/0/1,
 * a MAC in any notation. What fits no grammar is compared exactly. Never a name to send to a switch.
 */
export function portNameKey(name: string): string {
  const text = name.trim();
  const mac = tryParseMac(text);
  if (mac !== null) return `mac ${mac}`;
  // Junos: type-fpc/pic/port, optionally with the logical unit, of which unit 0 stands for the port.
  const junos = /^([a-z]{2}-\d+\/\d+\/\d+(?::\d+)?)(?:\.0)?$/.exec(text);
  if (junos) return `junos ${junos[1]}`;
  const parts = /^([A-Za-z][A-Za-z-]*?)\s*(\d+(?:[/:.]\d+)*)$/.exec(text);
  const type = parts ? typeOf.get((parts[1] ?? '').toLowerCase()) : undefined;
  return type && parts ? `${type} ${parts[2]}` : `exact ${text}`;
}
