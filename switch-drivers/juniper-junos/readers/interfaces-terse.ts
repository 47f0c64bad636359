import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

/** `show interfaces terse`: a line per interface and per unit; `aenet --> ae0.0` is how a LAG member is written. */
export const interfacesTerse = outputReader({
  kind: 'ports',
  command: /^show interfaces(?: [\w.:/*-]+)? terse(?: [\w.:/*-]+)?(?: \| no-more)?$/,
  read(output) {
    const ports = new Map<string, PortRow>();
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*Interface\s+Admin\s+Link\s+Proto\s+Local\s+Remote$/i },
      {
        pattern: /^(\S+)\s+(up|down)\s+(up|down)(?:\s+(\S.*))?$/,
        take([, name = '', admin, link, text = '']) {
          const portId = canonicalName(name);
          if (portId === null) return false;
          const row = ports.get(portId);
          const lag = /^aenet\s+--> (\S+)$/.exec(text)?.[1];
          if (row && lag !== undefined) row.lag = canonicalName(lag);
          // Of a unit only its family matters; a unit is never a port.
          if (row || !isSwitchPort(portId) || name !== portId) return;
          ports.set(portId, { ...emptyRow(portId), adminUp: admin === 'up', operUp: link === 'up' });
        },
      },
      // Further families and addresses of a unit.
      { pattern: /^\s+(?:inet6?|mpls|iso|multiservice|tnp|vpls|ccc|tcc|eth-switch|bridge|aenet)(?:\s.*)?$/ },
      { pattern: /^\s+(?:-->\s*)?[0-9a-f.:]+(?:\/\d{1,3})?(?:\s+--> \S+)?$/i },
      ...NOISE,
    ]);
    return { rows: [...ports.values()], unparsed };
  },
});

/** `show interfaces descriptions`: only interfaces that have one. */
export const interfacesDescriptions = outputReader({
  kind: 'ports',
  command: /^show interfaces descriptions(?: [\w.:/*-]+)?(?: \| no-more)?$/,
  read(output) {
    const ports = new Map<string, PortRow>();
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*Interface\s+Admin\s+Link\s+Description$/i },
      {
        pattern: /^(\S+)\s+(up|down)\s+(up|down)\s+(\S.*)$/,
        take([, name = '', admin, link, description = '']) {
          const portId = canonicalName(name);
          if (portId === null) return false;
          if (!isSwitchPort(portId) || ports.has(portId)) return;
          ports.set(portId, { ...emptyRow(portId), adminUp: admin === 'up', operUp: link === 'up', description });
        },
      },
      ...NOISE,
    ]);
    return { rows: [...ports.values()], unparsed };
  },
});

function emptyRow(portId: string): PortRow {
  return {
    portId,
    adminUp: null,
    operUp: null,
    mode: null,
    untagged: null,
    tagged: null,
    lag: null,
    description: null,
    mtu: null,
  };
}
