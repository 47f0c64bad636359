/** Microversions of the bare-metal API: `1.<minor>`. */
export const MIN_MINOR = 1;
export const MAX_MINOR = 110;
export const MIN_VERSION = `1.${MIN_MINOR}`;
export const MAX_VERSION = `1.${MAX_MINOR}`;

export type Negotiated = { minor: number } | { refusal: string };

const RANGE = `The supported version range is: [${MIN_VERSION}, ${MAX_VERSION}].`;

/**
 * The minor version that the request's headers ask for. The standard header (a list of `service version` pairs) goes
 * before Ironic's own; without either the oldest version is served.
 */
export function negotiate(headers: Record<string, string | string[] | undefined>): Negotiated {
  const asked = standard(headers['openstack-api-version']) ?? single(headers['x-openstack-ironic-api-version']);
  if (asked === undefined) return { minor: MIN_MINOR };
  const value = asked.trim();
  if (value.toLowerCase() === 'latest') return { minor: MAX_MINOR };
  const match = /^(\d{1,4})\.(\d{1,4})$/.exec(value);
  if (!match) {
    return { refusal: `Invalid value "${value.slice(0, 40)}" for the API version: write 1.N or latest. ${RANGE}` };
  }
  if (match[1] !== '1')
    return { refusal: `Version ${value} was requested but is not supported by this service. ${RANGE}` };
  const minor = Number(match[2]);
  if (minor < MIN_MINOR || minor > MAX_MINOR) {
    return {
      refusal: `Version ${value} was requested but the minor version is not supported by this service. ${RANGE}`,
    };
  }
  return { minor };
}

function single(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  return value === undefined || value.trim() === '' ? undefined : value;
}

function standard(header: string | string[] | undefined): string | undefined {
  for (const part of (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')) {
    const [service, version] = part.trim().split(/\s+/, 2);
    if (service?.toLowerCase() === 'baremetal' && version) return version;
  }
  return undefined;
}
