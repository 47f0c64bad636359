/**
 * The VLAN of ports that are in no other. Ports have no block of their own for membership: the line that names this VLAN
 * is what `PortTable.blocks` holds for each of them.
 */
export function defaultVlanLine(vlan: number): string {
  return `default-vlan-id ${vlan}`;
}

export function defaultVlanOf(block: readonly string[]): number {
  for (const line of block) {
    const id = /^default-vlan-id (\d{1,4})$/.exec(line)?.[1];
    if (id !== undefined) return Number(id);
  }
  return 1;
}
