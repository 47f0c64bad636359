/** `urn:ietf:params:netconf:capability:NAME:VERSION`; Junos up to 18 writes `netconf` as `xml:ns:netconf`. */
const CAPABILITY = /^urn:ietf:params:(?:xml:ns:)?netconf:capability:([a-z-]+):(\d+\.\d+)(?:\?|$)/;
const BASE = /^urn:ietf:params:(?:xml:ns:)?netconf:base:(\d+\.\d+)$/;

export const BASE_1_0 = 'urn:ietf:params:netconf:base:1.0';
export const BASE_1_1 = 'urn:ietf:params:netconf:base:1.1';

/** Capabilities of RFC 6241 section 8 that this transport makes use of. */
export type CapabilityName =
  | 'writable-running'
  | 'candidate'
  | 'confirmed-commit'
  | 'rollback-on-error'
  | 'validate'
  | 'startup'
  | 'xpath';

/** What a peer said of itself in its hello. */
export class Capabilities {
  readonly uris: readonly string[];
  readonly bases: ReadonlySet<string>;
  readonly #versions = new Map<string, Set<string>>();

  constructor(uris: readonly string[]) {
    this.uris = uris;
    this.bases = new Set(uris.flatMap((uri) => BASE.exec(uri)?.[1] ?? []));
    for (const uri of uris) {
      const [, name, version] = CAPABILITY.exec(uri) ?? [];
      if (name === undefined || version === undefined) continue;
      this.#versions.set(name, (this.#versions.get(name) ?? new Set()).add(version));
    }
  }

  /** Whether the capability is there, in this version if one is named. */
  has(name: CapabilityName, version?: string): boolean {
    const versions = this.#versions.get(name);
    return versions !== undefined && (version === undefined || versions.has(version));
  }
}
