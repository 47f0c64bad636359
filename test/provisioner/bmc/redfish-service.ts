import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

export interface RedfishService extends AsyncDisposable {
  url: string;
  /** PEM and its SHA-256; empty for http. */
  certificate: string;
  fingerprint: string;
  requests: { method: string; path: string; headers: http.IncomingHttpHeaders; body: unknown }[];
  system: Record<string, unknown>;
  sessions: Set<string>;
  /** Override an answer: return true when handled. */
  intercept: ((req: http.IncomingMessage, res: http.ServerResponse, body: unknown) => boolean) | null;
}

export async function selfSigned(name: string): Promise<{ key: string; cert: string }> {
  const pems = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  } as Parameters<typeof generate>[1]);
  return { key: pems.private, cert: pems.cert };
}

/** One system behind a BMC: sessions, basic authentication, ETag on the system, Reset and boot override. */
export async function startRedfish(
  options: { tls?: boolean; systems?: string[]; sessionService?: boolean } = {},
): Promise<RedfishService> {
  const tls = options.tls ? await selfSigned('bmc') : null;
  let etag = 1;
  let sessionNumber = 0;
  const reset = {
    target: '/redfish/v1/Systems/1/Actions/ComputerSystem.Reset',
    '@Redfish.ActionInfo': '/redfish/v1/Systems/1/ResetActionInfo',
  };
  const service = {
    certificate: tls?.cert ?? '',
    fingerprint: tls ? new X509Certificate(tls.cert).fingerprint256 : '',
    requests: [] as RedfishService['requests'],
    sessions: new Set<string>(),
    intercept: null as RedfishService['intercept'],
    system: {
      '@odata.id': '/redfish/v1/Systems/1',
      UUID: '6BA7B810-9DAD-41D1-80B4-00C04FD430C8',
      Manufacturer: 'Contoso',
      Model: 'Rack 1',
      SerialNumber: 'S1',
      PowerState: 'Off',
      EthernetInterfaces: { '@odata.id': '/redfish/v1/Systems/1/EthernetInterfaces' },
      Boot: { BootSourceOverrideTarget: 'None', BootSourceOverrideEnabled: 'Disabled', BootSourceOverrideMode: 'UEFI' },
      Actions: { '#ComputerSystem.Reset': reset },
    } as Record<string, unknown>,
  };
  const answer = (req: http.IncomingMessage, res: http.ServerResponse, body: unknown): unknown => {
    const path = req.url ?? '';
    const send = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      res
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(value === null ? '' : JSON.stringify(value));
    };
    const refuse = (status: number, message: string, resolution: string): void =>
      send(status, {
        error: {
          code: 'Base.1.0.GeneralError',
          message: 'See ExtendedInfo',
          '@Message.ExtendedInfo': [{ Message: message, Resolution: resolution }],
        },
      });
    service.requests.push({ method: req.method ?? '', path, headers: req.headers, body });
    if (service.intercept?.(req, res, body)) return;
    if (path === '/redfish/v1/SessionService/Sessions' && req.method === 'POST') {
      if (options.sessionService === false) return send(405, null);
      const { UserName, Password } = body as Record<string, string>;
      if (UserName !== 'root' || Password !== 'calvin') return refuse(401, 'The login was refused.', 'Use another.');
      const token = `token${++sessionNumber}`;
      service.sessions.add(token);
      return send(201, {}, { 'x-auth-token': token, location: `${path}/${token}` });
    }
    const basic = `Basic ${Buffer.from('root:calvin').toString('base64')}`;
    if (!service.sessions.has(String(req.headers['x-auth-token'])) && req.headers.authorization !== basic)
      return refuse(401, 'Not logged in.', '');
    if (req.method === 'DELETE' && path.includes('/Sessions/')) {
      service.sessions.delete(path.split('/').pop()!);
      return send(204, null);
    }
    if (path === '/redfish/v1/Systems')
      return send(200, {
        Members: (options.systems ?? ['1']).map((id) => ({ '@odata.id': `/redfish/v1/Systems/${id}` })),
      });
    if (path === '/redfish/v1/Systems/1/EthernetInterfaces')
      return send(200, { Members: [1, 2].map((n) => ({ '@odata.id': `${path}/${n}` })) });
    if (path.startsWith('/redfish/v1/Systems/1/EthernetInterfaces/'))
      return send(200, { MACAddress: `52:54:00:AA:BB:0${path.at(-1)}` });
    if (path === reset['@Redfish.ActionInfo']) {
      return send(200, {
        Parameters: [{ Name: 'ResetType', AllowableValues: ['On', 'ForceOff', 'ForceRestart', 'GracefulShutdown'] }],
      });
    }
    if (path === reset.target && req.method === 'POST') {
      const type = (body as { ResetType: string }).ResetType;
      service.system.PowerState = type === 'ForceOff' || type === 'GracefulShutdown' ? 'Off' : 'On';
      return send(204, null);
    }
    if (path !== '/redfish/v1/Systems/1') return refuse(404, `The resource ${path} was not found.`, 'Check the URI.');
    if (req.method === 'PATCH') {
      if (req.headers['if-match'] !== `"${etag}"`) return refuse(412, 'The ETag does not match.', '');
      service.system.Boot = { ...(service.system.Boot as object), ...(body as { Boot: object }).Boot };
      etag++;
      return send(200, service.system);
    }
    send(200, service.system, { etag: `W/"${etag}"` });
  };
  const listener = (req: http.IncomingMessage, res: http.ServerResponse): void => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => answer(req, res, chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null));
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(service, {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
