import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { eventRoutes } from './events.ts';
import { linkRoutes } from './links.ts';
import { networkRoutes } from './networks.ts';
import { nodeRoutes } from './nodes.ts';
import { operationRoutes } from './operations.ts';
import { switchPortRoutes } from './ports.ts';
import { problem, problemHandler } from './problem.ts';
import { switchRoutes } from './switches.ts';

export function fabricPlugin(app: TypedApp, context: ApiContext): void {
  app.setErrorHandler(problemHandler(context.log));
  app.setNotFoundHandler((request, reply) => {
    const detail = `There is no ${request.method} ${request.url.split('?', 1)[0]}; /openapi.json describes what there is`;
    return problem(reply, {
      status: 404,
      title: 'Not Found',
      code: 'path_not_found',
      detail,
      context: {},
      retryable: false,
    });
  });
  switchRoutes(app, context);
  switchPortRoutes(app, context);
  linkRoutes(app, context);
  networkRoutes(app, context);
  nodeRoutes(app, context);
  operationRoutes(app, context);
  eventRoutes(app, context);
}
