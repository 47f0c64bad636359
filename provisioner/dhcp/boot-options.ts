import { bootArchitecture, IPXE_SCRIPT_PATH, LOADER_PATH } from '../boot/architectures.ts';
import type { DhcpClient } from './client.ts';
import { OPTION } from './constants.ts';
import type { Scope } from './scope.ts';

/** What to boot, as it goes on the wire. */
export interface BootAnswer {
  /** File name or URL. */
  file: string;
  /** Options beside the file: vendor class for HTTP boot, iPXE's own. */
  options: ReadonlyMap<number, Buffer>;
}

/** iPXE's setting 176 (no-pxedhcp) inside option 175: do not wait for a ProxyDHCP server, we are all there is. */
const NO_PROXY_DHCP = Buffer.from([0xb0, 1, 1]);

/** Null when the client does not netboot or we have nothing for its architecture. */
export function bootAnswer(client: DhcpClient, scope: Scope): BootAnswer | null {
  if (client.ipxe) {
    const query = [`mac=${client.mac}`];
    if (client.uuid !== null) query.push(`uuid=${client.uuid}`);
    if (client.arch !== null) query.push(`arch=${client.arch}`);
    return {
      file: `${scope.httpBase}${IPXE_SCRIPT_PATH}?${query.join('&')}`,
      options: new Map([[OPTION.IPXE, NO_PROXY_DHCP]]),
    };
  }
  const architecture = client.arch === null ? null : bootArchitecture(client.arch);
  if (!architecture) return null;
  if (architecture.transport === 'http') {
    // UEFI 2.10 §24.7.3: an HTTP boot client takes an offer only with this vendor class in it.
    return {
      file: `${scope.httpBase}${LOADER_PATH}/${architecture.loader}`,
      options: new Map([[OPTION.VENDOR_CLASS, Buffer.from('HTTPClient')]]),
    };
  }
  // No `PXEClient` vendor class: without option 43 beside it, firmware would look for a boot server of its own.
  return { file: architecture.loader, options: new Map() };
}
