import { ascending } from '../cli/vlan-text.ts';
import type { SimPortConfig } from '../model/config.ts';

/** Rows of a port about the bridge domain, as NVUE keeps them: `domain`, `access 10`, `untagged 10`, `vlan 10,20`. */
export type DomainRow = 'access' | 'untagged' | 'vlan';

const DOMAIN = 'domain';

/** PVID of a bridge port that was told none (Cumulus Linux, VLAN-aware bridge mode). */
const DEFAULT_PVID = 1;

/** A port that the administrator of the rack has put into the bridge, on its default VLAN. */
export const factory: Partial<SimPortConfig> = {
  mode: 'trunk',
  allowed: [DEFAULT_PVID],
  nativeVlan: DEFAULT_PVID,
  extra: [DOMAIN, `access ${DEFAULT_PVID}`, `Egress ${DEFAULT_PVID}`],
};

export function isInDomain({ extra }: SimPortConfig): boolean {
  return extra.includes(DOMAIN);
}

export function setDomain(port: SimPortConfig, row: DomainRow | null, value: string): void {
  const others = rowsOf(port).filter((text) => text !== DOMAIN && (row === null || !text.startsWith(`${row} `)));
  settle(port, [DOMAIN, ...others, ...(row === null ? [] : [`${row} ${value}`])]);
}

/** Without a row the port leaves the bridge. */
export function unsetDomain(port: SimPortConfig, row: DomainRow | null): void {
  settle(port, row === null ? [] : rowsOf(port).filter((text) => !text.startsWith(`${row} `)));
}

export function domainValue(port: SimPortConfig, row: DomainRow): string | null {
  return (
    rowsOf(port)
      .find((text) => text.startsWith(`${row} `))
      ?.slice(row.length + 1) ?? null
  );
}

function rowsOf({ extra }: SimPortConfig): string[] {
  return extra.filter((text) => !text.startsWith('Egress '));
}

/** What the rows amount to in the kernel. */
function settle(port: SimPortConfig, rows: string[]): void {
  port.extra = rows;
  const access = domainValue(port, 'access');
  const untagged = domainValue(port, 'untagged');
  const vlans = domainValue(port, 'vlan');
  if (!rows.includes(DOMAIN)) Object.assign(port, { allowed: [], nativeVlan: 'tag' });
  else if (access !== null) Object.assign(port, { allowed: [Number(access)], nativeVlan: Number(access) });
  else {
    port.nativeVlan = untagged === null ? DEFAULT_PVID : untagged === 'none' ? 'tag' : Number(untagged);
    const native = port.nativeVlan === 'tag' ? [] : [port.nativeVlan];
    port.allowed = vlans === null ? 'all' : ascending([...vlans.split(',').map(Number), ...native]);
  }
  if (port.nativeVlan !== 'tag') port.extra = [...rows, `Egress ${port.nativeVlan}`];
}
