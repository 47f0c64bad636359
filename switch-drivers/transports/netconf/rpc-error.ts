import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { XmlElement } from './xml/element.ts';
import { NETCONF } from './xml/namespaces.ts';
import { childOf, childText, elementsOf, is } from './xml/read.ts';

/** One `<rpc-error>` (RFC 6241 section 4.3), in the device's own words. */
export interface RpcError {
  readonly tag: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly type?: string;
  readonly appTag?: string;
  readonly path?: string;
  /** Who holds the lock; `0` = something that is no NETCONF session (RFC 6241 section 7.5). */
  readonly sessionId?: string;
  readonly badElement?: string;
}

/** Junos lays errors into `commit-results/routing-engine` and `load-configuration-results`. */
const MAX_DEPTH = 4;
const MAX_ERRORS = 50;

/** Elements that hold a device's data, in which nothing is an error of this protocol. */
const DATA = new Set(['data', 'configuration', 'config']);

export function readRpcErrors(reply: XmlElement): RpcError[] {
  const found: XmlElement[] = [];
  const visit = (parent: XmlElement, depth: number) => {
    for (const child of elementsOf(parent)) {
      if (found.length >= MAX_ERRORS) return;
      if (is(child, 'rpc-error', NETCONF)) found.push(child);
      else if (depth < MAX_DEPTH && !DATA.has(child.name)) visit(child, depth + 1);
    }
  };
  visit(reply, 0);
  return found.map(readOne);
}

function readOne(error: XmlElement): RpcError {
  const words = (name: string) => childText(error, name, null)?.slice(0, 2000);
  const info = childOf(error, 'error-info', null);
  return {
    tag: words('error-tag') ?? 'operation-failed',
    severity: words('error-severity') === 'warning' ? 'warning' : 'error',
    message: words('error-message') ?? '',
    type: words('error-type'),
    appTag: words('error-app-tag'),
    path: words('error-path'),
    sessionId: info && childText(info, 'session-id', null),
    badElement: info && childText(info, 'bad-element', null),
  };
}

/** One error for all that a device said against an operation; null when it only warned. */
export function rpcFailure(name: string, operation: string, said: readonly RpcError[]): FabricError | null {
  const errors = said.filter((error) => error.severity === 'error');
  const first = errors[0];
  if (first === undefined) return null;
  const device = errors.map(wordsOf).join('; ').slice(0, 2000);
  const context = { switch: name, line: operation, device, errors: said };
  // RFC 6241 appendix A: in-use is what others get who write to, or commit, what somebody has locked.
  if (first.tag === 'lock-denied' || first.tag === 'in-use') {
    const holder = first.sessionId ?? null;
    return new FabricError('switch_locked', `switch ${name} is locked by ${holderText(holder)}: ${device}`, {
      retryable: true,
      context: { ...context, holder },
    });
  }
  return new FabricError('switch_rejected', `switch ${name} refused ${operation}: ${device}`, {
    retryable: first.tag === 'resource-denied',
    context,
  });
}

function wordsOf({ tag, message, path, badElement }: RpcError): string {
  const where = [path && `at ${path}`, badElement && `element ${badElement}`].filter(Boolean).join(', ');
  return `${message === '' ? tag : `${message} (${tag})`}${where === '' ? '' : ` ${where}`}`;
}

function holderText(holder: string | null): string {
  if (holder === null) return 'another session';
  return holder === '0'
    ? 'a session outside NETCONF, or uncommitted changes in its candidate'
    : `NETCONF session ${holder}`;
}
