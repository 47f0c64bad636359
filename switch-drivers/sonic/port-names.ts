/** Ports are named after their first lane: Ethernet0, Ethernet4 ...; a breakout by its lane, Ethernet1. */
const PORT = /^(?:Ethernet\d{1,4}|PortChannel\d{1,4})$/;

export function isSwitchPort(name: string): boolean {
  return PORT.test(name);
}

/** CONFIG_DB knows the alias (`etp1`, `Eth1/1`); the name alone tells none. */
export function aliasesOf(): string[] {
  return [];
}
