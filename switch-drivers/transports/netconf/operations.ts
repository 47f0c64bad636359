import { requireCapability, requireDatastore } from './require.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import { element, type XmlElement, type XmlNode } from './xml/element.ts';
import { NETCONF } from './xml/namespaces.ts';

export type Datastore = 'running' | 'candidate' | 'startup';

/** RFC 6241 section 6 (subtree) and section 8.9 (XPath, with the prefixes it is written with). */
export type Filter = { subtree: readonly XmlElement[] } | { xpath: string; prefixes: Readonly<Record<string, string>> };

export type DefaultOperation = 'merge' | 'replace' | 'none';

export interface EditConfig {
  target: 'running' | 'candidate';
  config: readonly XmlElement[];
  defaultOperation?: DefaultOperation;
  /** Needs :validate; `test-only` needs its version 1.1. */
  testOption?: 'test-then-set' | 'set' | 'test-only';
  /** `rollback-on-error` needs the capability of that name. */
  errorOption?: 'stop-on-error' | 'continue-on-error' | 'rollback-on-error';
}

/** Attribute for an element of an edit (RFC 6241 section 7.2). */
export type EditOperation = 'merge' | 'replace' | 'create' | 'delete' | 'remove';

export function editOperation(operation: EditOperation): { name: string; ns: string; value: string } {
  return { name: 'operation', ns: NETCONF, value: operation };
}

const nc = (name: string, content: XmlNode | readonly XmlNode[] = []): XmlElement => element(NETCONF, name, content);

/** RFC 6241 section 7.7: configuration and state. */
export async function get(session: NetconfSession, filter?: Filter): Promise<readonly XmlElement[]> {
  return data(session, nc('get', filterElements(session, filter)));
}

/** RFC 6241 section 7.1. */
export async function getConfig(
  session: NetconfSession,
  source: Datastore,
  filter?: Filter,
): Promise<readonly XmlElement[]> {
  requireDatastore(session, source);
  return data(session, nc('get-config', [nc('source', nc(source)), ...filterElements(session, filter)]));
}

/** RFC 6241 section 7.2. */
export async function editConfig(session: NetconfSession, edit: EditConfig): Promise<readonly RpcError[]> {
  requireDatastore(session, edit.target);
  if (edit.target === 'running') requireCapability(session, 'writable-running', 'change its running configuration');
  if (edit.testOption) {
    const version = edit.testOption === 'test-only' ? '1.1' : undefined;
    requireCapability(session, 'validate', `use the test-option ${edit.testOption}`, version);
  }
  if (edit.errorOption === 'rollback-on-error') {
    requireCapability(session, 'rollback-on-error', 'roll back an edit that fails');
  }
  return act(
    session,
    nc('edit-config', [
      nc('target', nc(edit.target)),
      ...optional('default-operation', edit.defaultOperation),
      ...optional('test-option', edit.testOption),
      ...optional('error-option', edit.errorOption),
      nc('config', edit.config),
    ]),
  );
}

/** RFC 6241 section 7.3: a whole datastore over another. */
export async function copyConfig(session: NetconfSession, source: Datastore, target: Datastore): Promise<void> {
  requireDatastore(session, source);
  requireDatastore(session, target);
  await act(session, nc('copy-config', [nc('target', nc(target)), nc('source', nc(source))]));
}

/** RFC 6241 section 7.5. Throws `switch_locked` (retryable), the holder's session-id in its context. */
export async function lock(session: NetconfSession, target: Datastore): Promise<void> {
  requireDatastore(session, target);
  await act(session, nc('lock', nc('target', nc(target))));
}

export async function unlock(session: NetconfSession, target: Datastore): Promise<void> {
  await act(session, nc('unlock', nc('target', nc(target))));
}

/** RFC 6241 section 8.6. */
export async function validate(session: NetconfSession, source: Datastore): Promise<readonly RpcError[]> {
  requireCapability(session, 'validate', 'validate a configuration');
  requireDatastore(session, source);
  return act(session, nc('validate', nc('source', nc(source))));
}

async function data(session: NetconfSession, operation: XmlElement): Promise<readonly XmlElement[]> {
  const { content } = await session.rpc(operation);
  const found = content.find((child) => child.name === 'data' && child.ns === NETCONF);
  return found ? found.children.filter((child) => typeof child !== 'string') : [];
}

async function act(session: NetconfSession, operation: XmlElement): Promise<readonly RpcError[]> {
  return (await session.rpc(operation)).warnings;
}

function optional(name: string, value: string | undefined): XmlElement[] {
  return value === undefined ? [] : [nc(name, value)];
}

function filterElements(session: NetconfSession, filter: Filter | undefined): XmlElement[] {
  if (filter === undefined) return [];
  const attribute = (name: string, value: string) => ({ name, ns: '', value });
  if ('subtree' in filter) {
    return [element(NETCONF, 'filter', filter.subtree, { attributes: [attribute('type', 'subtree')] })];
  }
  requireCapability(session, 'xpath', 'filter by XPath');
  const attributes = [attribute('type', 'xpath'), attribute('select', filter.xpath)];
  return [element(NETCONF, 'filter', [], { attributes, prefixes: filter.prefixes })];
}
