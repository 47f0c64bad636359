import { FabricError } from '../../../topology/error/fabric-error.ts';
import { type BoundedResponse, boundedRequest } from '../../http-client/request.ts';
import type { RedfishTarget } from '../driver-info.ts';
import { statusError, transportError } from './errors.ts';

const timeoutMs = 30_000;
const maxBytes = 4 * 1024 * 1024;
const sessionsPath = '/redfish/v1/SessionService/Sessions';

export type Resource = Record<string, unknown>;

export interface Fetched {
  body: Resource;
  etag: string | null;
}

interface Session {
  token: string;
  path: string | null;
}

/** Redfish over HTTP(S): login, JSON, ETags and errors; knows nothing of systems. */
export class RedfishClient {
  readonly #target: RedfishTarget;
  readonly origin: string;
  #session: Promise<Session | null> | null = null;

  constructor(target: RedfishTarget) {
    this.#target = target;
    this.origin = target.base.origin;
  }

  /** `what` completes "refused to ..." in an error. */
  async get(path: string, what: string): Promise<Fetched> {
    const response = await this.#authenticated('GET', path, what);
    return { body: this.#json(response, what), etag: response.headers.etag ?? null };
  }

  async post(path: string, body: Resource, what: string): Promise<void> {
    await this.#authenticated('POST', path, what, body);
  }

  /**
   * PATCH guarded by the ETag of the last GET. BMCs disagree about it: some want the weak form without `W/`, some
   * only `*`, some none; 412 and 428 (RFC 9110 15.5.13, RFC 6585 3) move on to the next form.
   */
  async patch(path: string, body: Resource, etag: string | null, what: string): Promise<void> {
    const forms = etag ? [etag, etag.replace(/^W\//, ''), '*', null] : [null, '*'];
    let last: FabricError | undefined;
    for (const form of new Set(forms)) {
      try {
        await this.#authenticated('PATCH', path, what, body, form ? { 'if-match': form } : {});
        return;
      } catch (error) {
        if (!(error instanceof FabricError) || ![412, 428].includes(error.context.status as number)) throw error;
        last = error;
      }
    }
    throw last;
  }

  /** Gives the session back: BMCs allow only a few. */
  async close(): Promise<void> {
    const pending = this.#session;
    this.#session = null;
    const session = await pending?.catch(() => null);
    if (!session?.path) return;
    // A session that cannot be deleted times out at the BMC; nothing is lost.
    await this.#send('DELETE', session.path, undefined, { 'x-auth-token': session.token }).catch(() => undefined);
  }

  async #authenticated(
    method: string,
    path: string,
    what: string,
    body?: Resource,
    headers: Record<string, string> = {},
  ): Promise<BoundedResponse> {
    const login = await this.#login();
    let response = await this.#send(method, path, body, { ...headers, ...login });
    if (response.status === 401 && 'x-auth-token' in login) {
      // The session ran out; once more with a new one.
      this.#session = null;
      response = await this.#send(method, path, body, { ...headers, ...(await this.#login()) });
    }
    if (response.status >= 200 && response.status < 300) return response;
    throw statusError(this.origin, what, response.status, this.#lenientJson(response));
  }

  async #login(): Promise<Record<string, string>> {
    const { username, password, authType } = this.#target;
    if (username === null) return {};
    if (authType !== 'basic') {
      this.#session ??= this.#openSession(username, password, authType === 'session');
      try {
        const session = await this.#session;
        if (session) return { 'x-auth-token': session.token };
      } catch (error) {
        this.#session = null;
        throw error;
      }
    }
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  }

  /** Null: this BMC has no sessions and basic authentication is to be used. */
  async #openSession(username: string, password: string, required: boolean): Promise<Session | null> {
    const response = await this.#send('POST', sessionsPath, { UserName: username, Password: password }, {});
    const token = response.headers['x-auth-token'];
    if (response.status >= 200 && response.status < 300 && typeof token === 'string') {
      return { token, path: this.#sessionPath(response) };
    }
    if (required || response.status === 401 || response.status === 403 || response.status >= 500) {
      throw statusError(this.origin, 'open a session', response.status, this.#lenientJson(response));
    }
    return null;
  }

  #sessionPath(response: BoundedResponse): string | null {
    const location = response.headers.location ?? this.#lenientJson(response)?.['@odata.id'];
    return typeof location === 'string' && URL.canParse(location, this.origin)
      ? new URL(location, this.origin).pathname
      : null;
  }

  async #send(
    method: string,
    path: string,
    body: Resource | undefined,
    headers: Record<string, string>,
  ): Promise<BoundedResponse> {
    const url = URL.canParse(path, this.origin) ? new URL(path, this.origin) : null;
    // A link out of an answer must not carry the credentials elsewhere.
    if (url?.origin !== this.origin) {
      throw new FabricError(
        'bmc_answer_invalid',
        `The BMC ${this.origin} links to ${path.slice(0, 200)}, which is not on it.`,
      );
    }
    const json: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    try {
      return await boundedRequest({
        method,
        url,
        headers: { 'odata-version': '4.0', ...json, ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
        trust: this.#target.trust,
        timeoutMs,
        maxBytes,
      });
    } catch (error) {
      throw transportError(this.origin, error);
    }
  }

  #json(response: BoundedResponse, what: string): Resource {
    const value = this.#lenientJson(response);
    if (value) return value;
    throw new FabricError(
      'bmc_answer_invalid',
      `The BMC ${this.origin} answered no JSON object when asked to ${what}. Is this a Redfish service?`,
    );
  }

  #lenientJson(response: BoundedResponse): Resource | null {
    try {
      const value: unknown = JSON.parse(response.body.toString('utf8'));
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Resource) : null;
    } catch {
      return null;
    }
  }
}
