import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import netSnmp, { type Agent, type DgramModule, type Message, type Pdu } from 'net-snmp';
import type { SimulatedDevice } from '../device.ts';
import { underFaults } from '../line-faults.ts';
import type { ServeOptions, SimulatedServer } from '../platform.ts';
import { nextOf, valuesOf } from './answers.ts';
import { evidenceObjects } from './mib-evidence.ts';
import { interfaceObjects } from './mib-interfaces.ts';
import { portVlanObjects } from './mib-port-vlans.ts';
import { type Edit, MibTree, SetRefused } from './mib-tree.ts';
import { vlanObjects } from './mib-vlans.ts';
import { editsOf } from './set-request.ts';

/** What net-snmp's own agent does with requests is replaced; it stays for messages and the security of SNMPv3. */
export async function startAgent(device: SimulatedDevice, options: ServeOptions): Promise<SimulatedServer> {
  const { host, username, password } = options;
  const transport = isIPv6(host) ? 'udp6' : 'udp4';
  const socket = createSocket(transport);
  socket.bind(options.port, host);
  await once(socket, 'listening');
  const { port } = socket.address();

  // It would bind to port 161 where 0 is asked for.
  const dgramModule: DgramModule = { createSocket: () => Object.assign(socket, { bind: () => socket }) };
  // A message that is none, or of nobody we know, is not answered.
  const agent = netSnmp.createAgent({ address: host, port, transport, dgramModule }, () => {});
  keepTime(agent, device);
  const { authPriv: level } = netSnmp.SecurityLevel;
  const { sha256: authProtocol = 0 } = netSnmp.AuthProtocols;
  const { aes: privProtocol = 0 } = netSnmp.PrivProtocols;
  agent
    .getAuthorizer()
    .addUser({ name: username, level, authProtocol, authKey: password, privProtocol, privKey: password });
  agent.getAuthorizer().addCommunity(password);

  const { model } = device;
  const tree = new MibTree([
    ...interfaceObjects(model),
    ...vlanObjects(model),
    ...portVlanObjects(model),
    ...evidenceObjects(model),
  ]);
  const answering =
    (answer: (request: Pdu, response: Pdu) => Promise<boolean> | boolean) =>
    async (from: Socket, message: Message, sender: unknown): Promise<void> => {
      const response = message.pdu.getResponsePduForRequest();
      if ((await answer(message.pdu, response)) && !stopped) agent.sendResponse(from, sender, message, response);
    };
  let stopped = false;
  // One request after the other, as they came in.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn =
    (handle: ReturnType<typeof answering>) =>
    (...request: Parameters<typeof handle>): void => {
      last = last.then(() => handle(...request));
    };
  agent.getRequest = inTurn(
    answering(({ varbinds }, response) => {
      response.varbinds = valuesOf(tree, varbinds);
      return true;
    }),
  );
  agent.getNextRequest = inTurn(
    answering(({ varbinds }, response) => {
      response.varbinds = nextOf(tree, varbinds, varbinds.length, 1);
      return true;
    }),
  );
  agent.getBulkRequest = inTurn(
    answering(({ varbinds, nonRepeaters, maxRepetitions }, response) => {
      response.varbinds = nextOf(tree, varbinds, nonRepeaters, maxRepetitions);
      return true;
    }),
  );
  agent.setRequest = inTurn(answering((request, response) => change(device, tree, request, response)));

  return {
    host,
    port,
    hostKeyFingerprint: null,
    options: {
      ...{ host, port, version: '3', user: username, authKey: password, privKey: password },
      // On one machine an answer is there at once, or was dropped.
      ...{ timeoutMs: 250, retries: 8, bulk: 100 },
    },
    async stop() {
      stopped = true;
      await new Promise<void>((resolve) => agent.close(resolve));
    },
  };
}

/** False: nothing is answered, the line was cut. */
async function change(device: SimulatedDevice, tree: MibTree, request: Pdu, response: Pdu): Promise<boolean> {
  response.varbinds = request.varbinds;
  const refuse = (status: string, at: number) => {
    response.errorStatus = netSnmp.ErrorStatus[status] ?? netSnmp.ErrorStatus.GeneralError;
    response.errorIndex = at + 1;
    return true;
  };
  let edits: Edit[];
  try {
    edits = editsOf(tree, device.model, request.varbinds);
  } catch (error) {
    if (error instanceof SetRefused) return refuse(error.status, error.at);
    throw error;
  }
  for (const [at, { line, apply }] of edits.entries()) {
    device.transcript.push(line);
    // Each object by itself, as agents do that keep to RFC 3416 section 4.2.5 in nothing but the check before.
    const fate = await underFaults(device, line, () => device.model.change(line, apply));
    if (fate.kind === 'cut') return false;
    if (fate.kind === 'refused') return refuse(fate.text, at);
  }
  return true;
}

/** snmpEngineBoots and snmpEngineTime (RFC 3414 section 2.2.2). */
function keepTime({ engine }: Agent, device: SimulatedDevice): void {
  let started = performance.now();
  engine.engineBoots = 1;
  Object.defineProperty(engine, 'engineTime', { get: () => Math.floor((performance.now() - started) / 1000) + 1 });
  device.onReboot(() => {
    engine.engineBoots += 1;
    started = performance.now();
  });
}
