import { z } from 'zod';
import type { ApiContext } from '../../context.ts';
import { linkBase } from '../../link-base.ts';
import type { TypedApp } from '../../typed-app.ts';
import { notFound } from '../errors.ts';
import { HARDWARE_TYPES, type HardwareType, hardwareType, INTERFACES } from '../hardware.ts';
import { resourceLinks } from '../links.ts';
import { isoTime } from '../values.ts';

/** A controller that has not shown itself for so long counts as gone (as Ironic's heartbeat_timeout). */
const ALIVE_MS = 60_000;
const object = z.record(z.string(), z.unknown());

/** Drivers, conductors and chassis: what this service consists of. */
export function serviceRoutes(app: TypedApp, context: ApiContext): void {
  const { db } = context.store;
  const conductors = () => db.selectFrom('conductor').selectAll().orderBy('hostname').execute();
  const alive = (row: { heartbeat_at: Date }) => Date.now() - row.heartbeat_at.getTime() < ALIVE_MS;
  const hosts = async () => {
    const names = (await conductors()).filter(alive).map((row) => row.hostname);
    return names.length > 0 ? names : [context.hostname];
  };

  const driver = (type: HardwareType, base: string, hostnames: string[], minor: number, full: boolean) => ({
    name: type.name,
    hosts: hostnames,
    links: resourceLinks(base, 'drivers', type.name),
    ...(minor >= 14 ? { properties: resourceLinks(base, 'drivers', type.name, 'properties') } : {}),
    ...(minor >= 30 ? { type: 'dynamic' } : {}),
    ...(full && minor >= 30 ? interfaceMembers(type, minor) : {}),
  });

  app.get(
    '/drivers',
    {
      schema: {
        tags: ['drivers'],
        summary: 'Hardware types',
        querystring: z.looseObject({ type: z.enum(['classic', 'dynamic']).optional(), detail: z.string().optional() }),
        response: { 200: z.object({ drivers: z.array(object) }) },
      },
    },
    async (request) => {
      const full = /^(true|1|yes|on|t|y)$/i.test(request.query.detail ?? '');
      const base = linkBase(context, request);
      const names = await hosts();
      const types = request.query.type === 'classic' ? [] : HARDWARE_TYPES;
      return { drivers: types.map((type) => driver(type, base, names, request.minor, full)) };
    },
  );
  const params = z.object({ name: z.string().max(255) });
  app.get(
    '/drivers/:name',
    { schema: { tags: ['drivers'], summary: 'Show a hardware type', params, response: { 200: object } } },
    async (request) => {
      const type = knownType(request.params.name);
      return driver(type, linkBase(context, request), await hosts(), request.minor, true);
    },
  );
  app.get(
    '/drivers/:name/properties',
    {
      schema: {
        tags: ['drivers'],
        summary: 'driver_info keys of a hardware type',
        params,
        response: { 200: z.record(z.string(), z.string()) },
      },
    },
    async (request) => knownType(request.params.name).properties,
  );

  const conductor = (row: Awaited<ReturnType<typeof conductors>>[number], base: string) => ({
    hostname: row.hostname,
    conductor_group: '',
    alive: alive(row),
    links: resourceLinks(base, 'conductors', row.hostname),
  });
  app.get(
    '/conductors',
    {
      schema: {
        tags: ['conductors'],
        summary: 'Controllers',
        response: { 200: z.object({ conductors: z.array(object) }) },
      },
      config: { since: 49 },
    },
    async (request) => ({ conductors: (await conductors()).map((row) => conductor(row, linkBase(context, request))) }),
  );
  app.get(
    '/conductors/:name',
    {
      schema: { tags: ['conductors'], summary: 'Show a controller', params, response: { 200: object } },
      config: { since: 49 },
    },
    async (request) => {
      const row = (await conductors()).find((candidate) => candidate.hostname === request.params.name);
      if (!row) throw notFound('Conductor', request.params.name);
      const drivers = HARDWARE_TYPES.map((type) => type.name);
      const times = { created_at: isoTime(row.started_at), updated_at: isoTime(row.heartbeat_at) };
      return { ...conductor(row, linkBase(context, request)), drivers, ...times };
    },
  );

  app.get(
    '/chassis',
    {
      schema: {
        tags: ['chassis'],
        summary: 'Chassis (none are kept)',
        response: { 200: z.object({ chassis: z.array(object) }) },
      },
    },
    async () => ({ chassis: [] }),
  );
  app.get(
    '/chassis/:name',
    { schema: { tags: ['chassis'], summary: 'Show a chassis (none are kept)', params } },
    async (request) => {
      throw notFound('Chassis', request.params.name);
    },
  );
}

function knownType(name: string): HardwareType {
  const type = hardwareType(name);
  if (!type) throw notFound('Driver', name);
  return type;
}

function interfaceMembers(type: HardwareType, minor: number): Record<string, unknown> {
  const since = { storage: 33, rescue: 38, bios: 40, firmware: 86 } as Record<string, number>;
  const shown = INTERFACES.filter((name) => (since[name] ?? 30) <= minor);
  return Object.fromEntries(
    shown.flatMap((name) => [
      [`default_${name}_interface`, type.interfaces[name][0]],
      [`enabled_${name}_interfaces`, type.interfaces[name]],
    ]),
  );
}
