import type { SwitchDescription } from '../../switch-drivers/contract/driver.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { matchPort } from '../../topology/identity/match.ts';

const MAX_NAMES = 4096;

/**
 * The ports that patterns name: a name in any spelling the switch knows (`Eth1/1`), a range (`Ethernet1-48`), or with `*`
 * for any characters. Error: `switch_ports_unknown` for a pattern that names no port, since a typing error must not leave
 * a port unmanaged in silence.
 */
export function selectPorts(patterns: readonly string[], { ports, hostname }: SwitchDescription): Set<string> {
  const selected = new Set<string>();
  for (const pattern of patterns) {
    const names = portsOf(pattern.trim(), ports);
    if (names.length === 0) {
      throw new FabricError(
        'switch_ports_unknown',
        `No port of ${hostname ?? 'the switch'} is called ${pattern}. Its ports are ${ports
          .slice(0, 6)
          .map(({ portId }) => portId)
          .join(', ')}${ports.length > 6 ? ' ...' : ''}`,
        { context: { pattern } },
      );
    }
    for (const name of names) selected.add(name);
  }
  return selected;
}

function portsOf(pattern: string, ports: SwitchDescription['ports']): string[] {
  const match = matchPort(pattern, ports);
  if ('found' in match) return [match.found];
  if (pattern.includes('*')) {
    const parts = pattern.split('*');
    return ports.map(({ portId }) => portId).filter((name) => fits(name, parts));
  }
  const range = /^(.*?)(\d{1,5})-(\d{1,5})$/.exec(pattern);
  const [first, last] = [Number(range?.[2]), Number(range?.[3])];
  if (!range || last < first || last - first >= MAX_NAMES) return [];
  const names = Array.from({ length: last - first + 1 }, (_, index) => matchPort(`${range[1]}${first + index}`, ports));
  return names.every((one) => 'found' in one) ? names.map((one) => one.found) : [];
}

/** Glob by its fixed parts: no regular expression is made from what somebody typed. */
function fits(name: string, parts: readonly string[]): boolean {
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
