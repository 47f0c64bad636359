import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, parseRange } from './byte-range.ts';

/** What a path names. `etag` (without quotes) by default from inode, size and time of change. */
export interface BootFile {
  path: string;
  etag?: string;
  contentType?: string;
}

/** Sends a file or a part of it; resolves to the bytes of body sent. The file is streamed, never held. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  known: {
    etag?: string;
    contentType?: string;
  },
): Promise<number> {
  const file = await open(path, 'r');
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return sendText(response, 404, 'not a file');
    const etag = `"${known.etag ?? `${stat.ino.toString(36)}-${stat.size.toString(36)}-${stat.mtimeMs.toString(36)}`}"`;
    const modified = new Date(Math.floor(stat.mtimeMs / 1000) * 1000);
    response.setHeader('ETag', etag);
    response.setHeader('Last-Modified', modified.toUTCString());
    response.setHeader('Accept-Ranges', 'bytes');
    if (isFresh(request, etag, modified)) {
      response.writeHead(304).end();
      return 0;
    }
    const range = rangeFor(request, etag, modified, stat.size);
    if (range === 'unsatisfiable') {
      response.setHeader('Content-Range', `bytes */${stat.size}`);
      return sendText(response, 416, 'range beyond the end');
    }
    const { first, last } = range ?? { first: 0, last: stat.size - 1 };
    const length = last - first + 1;
    response.setHeader('Content-Type', known.contentType ?? 'application/octet-stream');
    response.setHeader('Content-Length', length);
    if (range) response.setHeader('Content-Range', `bytes ${first}-${last}/${stat.size}`);
    response.writeHead(range ? 206 : 200);
    if (request.method === 'HEAD' || length === 0) {
      response.end();
      return 0;
    }
    const body = file.createReadStream({ start: first, end: last, highWaterMark: 256 * 1024, autoClose: false });
    await pipeline(body, response);
    return length;
  } finally {
    await file.close();
  }
}

/** RFC 9110 §13.2.2: If-None-Match decides, If-Modified-Since only without it. */
function isFresh(request: IncomingMessage, etag: string, modified: Date): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined) {
    return match.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && modified.getTime() <= since;
}

/** RFC 9110 §13.1.5: a range of a file that changed since is not a part of what the client has. */
function rangeFor(
  request: IncomingMessage,
  etag: string,
  modified: Date,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const condition = request.headers['if-range'];
  if (typeof condition === 'string' && condition !== etag && Date.parse(condition) !== modified.getTime()) return null;
  return parseRange(request.headers.range, size);
}

export function sendText(response: ServerResponse, status: number, text: string, contentType = 'text/plain'): number {
  const body = Buffer.from(text);
  response.setHeader('Content-Type', `${contentType}; charset=utf-8`);
  response.setHeader('Content-Length', body.length);
  // A script is decided anew each time it is asked for.
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status);
  response.end(response.req.method === 'HEAD' ? undefined : body);
  return body.length;
}
