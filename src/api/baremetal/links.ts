export interface Link {
  href: string;
  rel: string;
}

/** `self` under /v1 and `bookmark` without a version, as every Ironic resource carries them. */
export function resourceLinks(base: string, ...path: string[]): Link[] {
  const tail = path.map(encodeURIComponent).join('/');
  return [
    { href: `${base}/v1/${tail}`, rel: 'self' },
    { href: `${base}/${tail}`, rel: 'bookmark' },
  ];
}
