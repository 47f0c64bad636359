import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, withoutPager } from './noise.ts';

/** A row for each member of a Virtual Chassis, which all repeat the host name. */
export const version = outputReader({
  kind: 'version',
  command: /^show version(?: (?:brief|detail|local|all-members|member \d{1,2}))?(?: \| no-more)?$/,
  read(output) {
    const rows: VersionRow[] = [];
    const set =
      (field: keyof VersionRow): NonNullable<LineRule['take']> =>
      ([, text]) => {
        const last = rows.at(-1);
        if (last && last[field] === null) last[field] = text ?? null;
        else rows.push({ model: null, version: null, hostname: null, serial: null, [field]: text ?? null });
      };
    /** Releases before 13 have the release with their packages only. */
    const fallback = ([, text]: RegExpExecArray): undefined => {
      const last = rows.at(-1);
      if (last) last.version ??= text ?? null;
    };
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*Hostname: (\S+)$/, take: set('hostname') },
      { pattern: /^\s*Model: (\S.*)$/, take: set('model') },
      { pattern: /^\s*Junos: (\S+)(?: .*)?$/, take: set('version') },
      { pattern: /^\s*Serial Number: (\S+)$/i, take: set('serial') },
      { pattern: /^\s*JUNOS (?:Base OS boot|Base OS Software Suite|Software Release) \[([^\]]+)\]$/, take: fallback },
      // Packages: a name and, in brackets, its version.
      { pattern: /^\s*[A-Za-z][^[\]]*\[[^\]]*\]$/ },
      { pattern: /^\s*Junos for Automation Enhancement$/ },
      { pattern: /^\s*(?:QFabric System ID|Family|System Type|Host name|Architecture): / },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
