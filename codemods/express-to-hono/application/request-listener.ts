import type { AppCall } from '../../../src/workspace/express/program.ts';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import { importName } from '../edit/imports.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf } from '../state/conversion.ts';

/** `server.on('request', app)` → `server.on('request', getRequestListener(app.fetch))`: the server itself stays Node's. */
export function convertRequestListener(conversion: Conversion, work: FileWork, { call }: AppCall): void {
  const [, app] = argumentsOf(call);
  if (app === undefined) return;
  if (conversion.options.target === 'workers') {
    refuse(conversion, work, call, 'entry/server', 'a Worker has no server of its own to listen on');
    return;
  }
  const listener = importName(conversion, work, '@hono/node-server', 'getRequestListener');
  replace(conversion, work, app, [`${listener}(`, spanOf(app), '.fetch)'], 'entry/server');
}
