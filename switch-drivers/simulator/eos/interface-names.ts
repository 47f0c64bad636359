const KINDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^et(h(e(r(n(et?)?)?)?)?)?$/i, 'Ethernet'],
  [/^po(rt(-c(h(a(n(n(el?)?)?)?)?)?)?)?$/i, 'Port-Channel'],
  [/^ma(n(a(g(e(m(e(nt?)?)?)?)?)?)?)?$/i, 'Management'],
];

/** `et1`, `Ethernet 1`, `Po7` to the name EOS prints; null when it is no interface name. */
export function canonicalName(text: string): string | null {
  const match = /^([A-Za-z-]+) ?(\d+(?:\/\d+)*)$/.exec(text.trim());
  const kind = match && KINDS.find(([pattern]) => pattern.test(match[1]!));
  return kind ? kind[1] + match[2] : null;
}

export function shortName(name: string): string {
  return name
    .replace(/^Ethernet/, 'Et')
    .replace(/^Port-Channel/, 'Po')
    .replace(/^Management/, 'Ma');
}
