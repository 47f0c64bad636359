import type { Duplex } from 'node:stream';
import { isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { encodeFrame, FrameDecoder, type Framing } from '../../transports/netconf/framing.ts';
import { element, type XmlElement } from '../../transports/netconf/xml/element.ts';
import { NETCONF } from '../../transports/netconf/xml/namespaces.ts';
import { parseXml } from '../../transports/netconf/xml/parse.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../transports/netconf/xml/read.ts';
import { writeXml } from '../../transports/netconf/xml/write.ts';
import { SaveFailed } from '../device.ts';
import { underFaults } from '../line-faults.ts';
import type { NetconfDevice } from './device.ts';
import { RpcFault, rpcErrorElement } from './fault.ts';
import { perform } from './operations.ts';

export interface ServerSessionOptions {
  device: NetconfDevice;
  id: string;
  channel: Duplex;
  /** Cuts the TCP connection, as a crash or a broken line would. */
  cut(): void;
}

const baseUri = (version: string) => `urn:ietf:params:netconf:base:${version}`;

/** One NETCONF session of the server: hello, then operations one after the other, with latency and faults. */
export function runNetconfSession({ device, id, channel, cut }: ServerSessionOptions): void {
  const { faults, simulated } = device;
  const decoder = new FrameDecoder();
  const bases = device.options.bases ?? ['1.0', '1.1'];
  let framing: Framing = 'end-of-message';
  let greeted = false;
  let closed = false;
  let work = Promise.resolve();

  const send = (message: XmlElement): void => {
    if (!closed) channel.write(encodeFrame(writeXml(message), framing));
  };
  const greet = (hello: XmlElement): void => {
    const offered = childOf(hello, 'capabilities');
    const uris = offered ? childrenOf(offered, 'capability').map(textOf) : [];
    greeted = true;
    if (!bases.includes('1.1') || !uris.includes(baseUri('1.1'))) return;
    framing = 'chunked';
    decoder.useChunked();
  };

  /** What of this operation the line is cut at. */
  const dropNow = (): 'before' | 'after' | null => {
    const { drop } = faults;
    if (drop === null) return null;
    drop.rpc -= 1;
    if (drop.rpc > 0) return null;
    faults.drop = null;
    return drop.when;
  };

  const answer = async (rpc: XmlElement): Promise<void> => {
    const operation = elementsOf(rpc)[0] ?? rpc;
    device.transcript.push(operation);
    simulated.transcript.push(operation.name);
    const drop = dropNow();
    if (drop === 'before') return cut();
    const fate = await underFaults(simulated, operation.name, () => (closed ? [] : carryOut(device, id, operation)));
    if (drop === 'after' || fate.kind === 'cut') return cut();
    const content =
      fate.kind === 'done' ? fate.result : fate.kind === 'ignored' ? OK : refused(fate.text, faults.rejectTag);
    if (faults.garble) {
      channel.write(faults.garble);
      faults.garble = null;
      return;
    }
    // RFC 6241 section 4.1: the attributes of the rpc come back unchanged.
    send(element(NETCONF, 'rpc-reply', content, { attributes: rpc.attributes }));
    if (operation.name === 'close-session') channel.end();
  };

  channel.on('data', (piece: Buffer) => {
    try {
      decoder.push(piece, (text) => {
        const message = parseXml(text);
        if (!greeted) greet(message);
        else work = work.then(() => answer(message));
      });
    } catch {
      // RFC 6242 section 4.2: a peer that cannot be read is cut off.
      cut();
    }
  });
  channel.on('close', () => {
    closed = true;
    // What is under way is still carried out, as on a device that has not noticed yet.
    work = work.then(() => device.sessionEnded(id));
  });
  send(
    element(NETCONF, 'hello', [
      element(
        NETCONF,
        'capabilities',
        [...bases.map(baseUri), ...device.options.capabilities].map((uri) => element(NETCONF, 'capability', uri)),
      ),
      element(NETCONF, 'session-id', id),
    ]),
  );
}

const OK: readonly XmlElement[] = [element(NETCONF, 'ok')];

async function carryOut(device: NetconfDevice, id: string, operation: XmlElement): Promise<readonly XmlElement[]> {
  const { warn } = device.faults;
  try {
    const content = (await perform(device, id, operation)) ?? OK;
    if (warn?.operation !== operation.name) return content;
    const warning = { type: 'application', tag: 'operation-failed', severity: 'warning', message: warn.text } as const;
    return [rpcErrorElement(warning), ...content];
  } catch (error) {
    if (error instanceof RpcFault) return [rpcErrorElement({ ...error, message: error.message, severity: 'error' })];
    if (error instanceof SaveFailed) return refused(error.message, 'operation-failed');
    if (!isFabricError(error)) throw error;
    return [rpcErrorElement({ type: 'rpc', tag: 'operation-failed', severity: 'error', message: messageOf(error) })];
  }
}

function refused(message: string, tag: string): XmlElement[] {
  return [rpcErrorElement({ type: 'application', tag, severity: 'error', message })];
}
