import type { Readable } from 'node:stream';
import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { HttpClient } from '../http-client.ts';

export interface OpenedImage {
  body: Readable;
  /** Where in the image the body starts; 0 when the server ignored the Range. */
  offset: number;
  /** Size of the whole image, null when the server does not tell. */
  total: number | null;
}

/** Asks for the image from byte `offset` on (RFC 9110 section 14). */
export async function openImage(
  http: HttpClient,
  url: string,
  offset: number,
  signal: AbortSignal,
): Promise<OpenedImage> {
  const response = await http({
    method: 'GET',
    url,
    signal,
    timeoutMs: 60_000,
    headers: { 'accept-encoding': 'identity', ...(offset > 0 ? { range: `bytes=${offset}-` } : {}) },
  });
  const { status, headers, body } = response;
  if (status === 200) {
    const length = Number(headers['content-length']);
    return { body, offset: 0, total: headers['content-length'] && Number.isSafeInteger(length) ? length : null };
  }
  const range = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(headers['content-range'] ?? '');
  if (status === 206 && range && Number(range[1]) === offset) {
    return { body, offset, total: range[2] === '*' ? null : Number(range[2]) };
  }
  body.resume();
  throw new FabricError(
    'image_refused',
    `the image server answers ${status} for ${url}; check that the image exists and that this address may fetch it`,
    { retryable: status >= 500 || status === 408 || status === 429, context: { url, status } },
  );
}
