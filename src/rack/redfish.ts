import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lasting } from './lasting.ts';

/** What a BMC can do to its server. */
export interface BmcTarget {
  name: string;
  uuid: string;
  serial: string;
  macs: string[];
  powered(): boolean;
  power(action: 'On' | 'ForceOff' | 'GracefulShutdown' | 'ForceRestart'): void;
  /** What goes slow; may be changed at any time. */
  readonly knobs?: { bmcDelayMs: number };
  boot: { target: 'None' | 'Pxe' | 'Hdd'; enabled: 'Once' | 'Continuous' | 'Disabled' };
}

const SYSTEM = '/redfish/v1/Systems/1';
const RESETS = ['On', 'ForceOff', 'GracefulShutdown', 'ForceRestart'] as const;
const MAX_BODY = 64 * 1024;

/** A Redfish service (DMTF DSP0266) with one system, behind HTTP basic authentication. */
export class RedfishBmc {
  readonly #target: BmcTarget;
  readonly #authorization: Buffer;
  readonly #server: Server;

  constructor(target: BmcTarget, credentials: { username: string; password: string }) {
    this.#target = target;
    const basic = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    this.#authorization = Buffer.from(`Basic ${basic}`);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => {
      this.#server.close(() => done());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await lasting(() => this.#target.knobs?.bmcDelayMs ?? 0);
    // Whoever asked may be gone by now, and no longer wants it done.
    if (request.socket.destroyed) return;
    const path = (request.url ?? '/').replace(/\?.*$/, '').replace(/\/$/, '');
    // No session service here: clients find out and send their credentials with each request.
    if (path.startsWith('/redfish/v1/SessionService')) {
      return fault(response, 404, 'Base.1.0.ResourceMissingAtURI', 'This service has no sessions.');
    }
    if (path !== '/redfish/v1' && path !== '/redfish' && !this.#authorized(request)) {
      return fault(response, 401, 'Base.1.0.AccessDenied', 'The user name or password is wrong.');
    }
    const route = `${request.method} ${path}`;
    const resource = request.method === 'GET' ? this.#resource(path) : null;
    if (resource) return send(response, 200, resource);
    if (route === `PATCH ${SYSTEM}`) return this.#patch(await body(request), response);
    if (route === `POST ${SYSTEM}/Actions/ComputerSystem.Reset`) return this.#reset(await body(request), response);
    return fault(response, 404, 'Base.1.0.ResourceMissingAtURI', `There is nothing at ${path}.`);
  }

  #authorized(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    return given.length === this.#authorization.length && timingSafeEqual(given, this.#authorization);
  }

  #resource(path: string): Record<string, unknown> | null {
    const target = this.#target;
    const link = (id: string) => ({ '@odata.id': id });
    const resources: Record<string, Record<string, unknown>> = {
      '/redfish': { v1: '/redfish/v1/' },
      '/redfish/v1': { ...link('/redfish/v1'), RedfishVersion: '1.15.0', Systems: link('/redfish/v1/Systems') },
      '/redfish/v1/Systems': { ...link('/redfish/v1/Systems'), Members: [link(SYSTEM)], 'Members@odata.count': 1 },
      [SYSTEM]: {
        ...link(SYSTEM),
        Id: '1',
        Name: target.name,
        UUID: target.uuid,
        SerialNumber: target.serial,
        Manufacturer: 'Switchyard',
        Model: 'Virtual Rack Server',
        PowerState: target.powered() ? 'On' : 'Off',
        Boot: {
          BootSourceOverrideTarget: target.boot.target,
          BootSourceOverrideEnabled: target.boot.enabled,
          BootSourceOverrideMode: 'UEFI',
          'BootSourceOverrideTarget@Redfish.AllowableValues': ['None', 'Pxe', 'Hdd'],
        },
        EthernetInterfaces: link(`${SYSTEM}/EthernetInterfaces`),
        Actions: {
          '#ComputerSystem.Reset': {
            target: `${SYSTEM}/Actions/ComputerSystem.Reset`,
            'ResetType@Redfish.AllowableValues': RESETS,
          },
        },
      },
      [`${SYSTEM}/EthernetInterfaces`]: {
        ...link(`${SYSTEM}/EthernetInterfaces`),
        Members: target.macs.map((_, index) => link(`${SYSTEM}/EthernetInterfaces/${index + 1}`)),
        'Members@odata.count': target.macs.length,
      },
    };
    for (const [index, mac] of target.macs.entries()) {
      const id = `${SYSTEM}/EthernetInterfaces/${index + 1}`;
      resources[id] = { ...link(id), Id: String(index + 1), MACAddress: mac, PermanentMACAddress: mac };
    }
    return resources[path] ?? null;
  }

  #patch(value: Record<string, unknown>, response: ServerResponse): void {
    const boot = (value.Boot ?? {}) as Record<string, unknown>;
    const target = boot.BootSourceOverrideTarget ?? this.#target.boot.target;
    const enabled = boot.BootSourceOverrideEnabled ?? this.#target.boot.enabled;
    if (target !== 'None' && target !== 'Pxe' && target !== 'Hdd') {
      fault(response, 400, 'Base.1.0.PropertyValueNotInList', `${String(target)} is no boot source here.`);
      return;
    }
    if (enabled !== 'Once' && enabled !== 'Continuous' && enabled !== 'Disabled') {
      fault(response, 400, 'Base.1.0.PropertyValueNotInList', `${String(enabled)} is not in the list.`);
      return;
    }
    this.#target.boot = { target, enabled };
    response.writeHead(204).end();
  }

  #reset(value: Record<string, unknown>, response: ServerResponse): void {
    const action = RESETS.find((reset) => reset === value.ResetType);
    if (!action) {
      fault(response, 400, 'Base.1.0.ActionParameterNotSupported', `${String(value.ResetType)} is no reset type here.`);
      return;
    }
    this.#target.power(action);
    response.writeHead(204).end();
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'odata-version': '4.0' }).end(JSON.stringify(value));
}

function fault(response: ServerResponse, status: number, code: string, message: string): void {
  const info = [{ MessageId: code, Message: message }];
  send(response, status, { error: { code, message, '@Message.ExtendedInfo': info } });
}

async function body(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('body too large');
    chunks.push(chunk);
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
