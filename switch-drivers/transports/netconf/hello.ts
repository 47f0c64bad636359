import { BASE_1_0, BASE_1_1, Capabilities } from './capabilities.ts';
import { malformed } from './errors.ts';
import { element, type XmlElement } from './xml/element.ts';
import { NETCONF } from './xml/namespaces.ts';
import { childOf, childrenOf, childText, is, textOf } from './xml/read.ts';

const MAX_CAPABILITIES = 20_000;

/** RFC 6241 section 8.1; a client sends no session-id. */
export function clientHello(): XmlElement {
  return element(
    NETCONF,
    'hello',
    element(
      NETCONF,
      'capabilities',
      [BASE_1_0, BASE_1_1].map((uri) => element(NETCONF, 'capability', uri)),
    ),
  );
}

export interface ServerHello {
  sessionId: string;
  capabilities: Capabilities;
}

export function readServerHello(hello: XmlElement): ServerHello {
  if (!is(hello, 'hello', NETCONF)) throw malformed(`<${hello.name}> where its hello belongs`);
  const sessionId = childText(hello, 'session-id') ?? '';
  if (!/^[1-9][0-9]{0,9}$/.test(sessionId)) throw malformed('a hello without a session-id');
  const list = childOf(hello, 'capabilities');
  const uris = list ? childrenOf(list, 'capability').map(textOf) : [];
  if (uris.length > MAX_CAPABILITIES) throw malformed(`a hello with ${uris.length} capabilities`);
  return { sessionId, capabilities: new Capabilities(uris) };
}
