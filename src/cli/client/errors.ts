import { FabricError } from '../../../topology/error/fabric-error.ts';

/**
 * The error in an answer: RFC 9457 of the fabric API, or Ironic's JSON text inside JSON. `context.status` is the HTTP
 * status.
 */
export function answerError(status: number, text: string, base: string): FabricError {
  const body = objectOf(text);
  const detail = string(body.detail) ?? fault(body) ?? text.slice(0, 300).trim();
  const code = string(body.code) ?? (status === 404 ? 'api_not_found' : 'api_refused');
  const context = { ...objectOf(body.context), status };
  return new FabricError(code, `${detail || `HTTP status ${status} of ${base}`}${nextStep(status)}`, {
    retryable: body.retryable === true || status === 503,
    context,
  });
}

function nextStep(status: number): string {
  if (status === 401) return ' Give --user with SWITCHYARD_PASSWORD or --password-file.';
  return '';
}

/** `{error_message: "{faultstring | description}"}` */
function fault(body: Record<string, unknown>): string | null {
  const inner = objectOf(body.error_message);
  return string(inner.faultstring) ?? string(inner.description) ?? string(body.error_message);
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  if (typeof value !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const string = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
