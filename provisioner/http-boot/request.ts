/** What a boot script is asked for with. */
export interface ScriptQuery {
  /** Lower case, colons; null when not told. */
  mac: string | null;
  /** SMBIOS UUID, lower case. */
  uuid: string | null;
  remoteAddress: string;
  /** Option 93's number. */
  arch: number | null;
}

/** Reads the query; null when something given is malformed, which no firmware sends. */
export function parseScriptQuery(query: URLSearchParams, remoteAddress: string): ScriptQuery | null {
  const mac = query.get('mac');
  const uuid = query.get('uuid');
  const arch = query.get('arch');
  const parsedMac = mac === null || mac === '' ? null : parseMac(mac);
  if (parsedMac === undefined) return null;
  if (uuid && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) return null;
  if (arch && !/^\d{1,5}$/.test(arch)) return null;
  return {
    mac: parsedMac,
    uuid: uuid ? uuid.toLowerCase() : null,
    remoteAddress: remoteAddress.replace(/^::ffff:/, ''),
    arch: arch ? Number(arch) : null,
  };
}

/** The query again, from its checked parts only. */
export function formatScriptQuery({ mac, uuid, arch }: ScriptQuery): string {
  const parts = Object.entries({ mac, uuid, arch }).filter(([, value]) => value !== null);
  return parts.length === 0 ? '' : `?${parts.map(([name, value]) => `${name}=${value}`).join('&')}`;
}

/** Colons (iPXE's `${mac}`) or dashes (`${mac:hexhyp}`, GRUB); undefined for anything else. */
function parseMac(text: string): string | undefined {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)) return undefined;
  return text.toLowerCase().replaceAll('-', ':');
}

/** The MAC in a file name as GRUB asks for its configuration: `grub.cfg-01-52-54-00-12-34-56`. */
export function macOfGrubName(name: string): string | null {
  const match = /^grub\.cfg-01-([0-9a-f]{2}(?:-[0-9a-f]{2}){5})$/i.exec(name);
  return match ? match[1]! : null;
}
