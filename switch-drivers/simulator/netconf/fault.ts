import { element, type XmlElement } from '../../transports/netconf/xml/element.ts';
import { NETCONF } from '../../transports/netconf/xml/namespaces.ts';

/** What a server answers instead of doing what it was told: tags and types of RFC 6241 appendix A. */
export class RpcFault extends Error {
  readonly tag: string;
  readonly type: 'rpc' | 'protocol' | 'application';
  readonly path: string | null;
  readonly info: Readonly<Record<string, string>>;

  constructor(
    tag: string,
    message: string,
    more: { type?: RpcFault['type']; path?: string; info?: Record<string, string> } = {},
  ) {
    super(message);
    this.tag = tag;
    this.type = more.type ?? 'application';
    this.path = more.path ?? null;
    this.info = more.info ?? {};
  }
}

/** What a check throws against a configuration; null: nothing. */
export function faultOf(check: () => unknown): RpcFault | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof RpcFault) return error;
    throw error;
  }
}

export interface Complaint {
  type: string;
  tag: string;
  severity: 'error' | 'warning';
  message: string;
  path?: string | null;
  info?: Readonly<Record<string, string>>;
}

/** An rpc-error element (RFC 6241 section 4.3). */
export function rpcErrorElement({ type, tag, severity, message, path, info }: Complaint): XmlElement {
  const nc = (name: string, text: string) => element(NETCONF, name, text);
  const details = Object.entries(info ?? {}).map(([name, text]) => nc(name, text));
  return element(NETCONF, 'rpc-error', [
    nc('error-type', type),
    nc('error-tag', tag),
    nc('error-severity', severity),
    ...(path ? [nc('error-path', path)] : []),
    nc('error-message', message),
    ...(details.length > 0 ? [element(NETCONF, 'error-info', details)] : []),
  ]);
}
