import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import type { TypedApp } from './typed-app.ts';

/**
 * Requests are checked by their zod schema; answers are only described by theirs (tests compare the two), because shaping
 * each row of a list by a schema would cost more than reading it.
 */
export function describeByZod(app: TypedApp, version: string): void {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Switchyard',
        version,
        description:
          'Bare-metal API in the wire format of OpenStack Ironic at /v1, and the API of the switch fabric at /fabric/v1.',
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

export function openapiRoute(app: TypedApp): void {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
