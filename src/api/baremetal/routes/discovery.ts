import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { MAX_VERSION, MIN_VERSION } from '../versions.ts';

const object = z.record(z.string(), z.unknown());

function version(base: string) {
  return {
    id: 'v1',
    links: [{ href: `${base}/v1/`, rel: 'self' }],
    status: 'CURRENT',
    min_version: MIN_VERSION,
    version: MAX_VERSION,
  };
}

/** `GET /`: the deploy agent reads default_version, keystoneauth versions[]. */
export function rootRoute(app: TypedApp, context: ApiContext): void {
  app.get(
    '/',
    {
      schema: { tags: ['discovery'], summary: 'Versions of the bare-metal API', response: { 200: object } },
      config: { open: true },
    },
    async (request) => {
      const current = version(linkBase(context, request));
      return {
        name: 'OpenStack Ironic API',
        description:
          'Switchyard speaks the API of OpenStack Ironic; its own API is at /fabric/v1, both are described by /openapi.json.',
        default_version: current,
        versions: [current],
      };
    },
  );
}

/** Collections by the version that has them. */
const RESOURCES: ReadonlyArray<[name: string, since: number]> = [
  ['chassis', 1],
  ['nodes', 1],
  ['ports', 1],
  ['drivers', 1],
  ['lookup', 22],
  ['heartbeat', 22],
  ['portgroups', 23],
  ['conductors', 49],
  ['continue_inspection', 84],
];

export function discoveryRoutes(app: TypedApp, context: ApiContext): void {
  app.get(
    '/',
    {
      schema: { tags: ['discovery'], summary: 'Resources of the bare-metal API', response: { 200: object } },
      config: { open: true },
    },
    async (request) => {
      const base = linkBase(context, request);
      const current = version(base);
      const resources = RESOURCES.filter(([, since]) => since <= request.minor).map(([name]) => [
        name,
        [
          { href: `${base}/v1/${name}/`, rel: 'self' },
          { href: `${base}/${name}/`, rel: 'bookmark' },
        ],
      ]);
      return {
        id: 'v1',
        links: current.links,
        media_types: { base: 'application/json', type: 'application/vnd.openstack.ironic.v1+json' },
        ...Object.fromEntries(resources),
        version: current,
      };
    },
  );
}
