import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createApp } from '../app.ts';
import { createDeps } from '../deps.ts';
import { stopOnSignal } from './stop.ts';

const app = createApp(createDeps(), (c) => getConnInfo(c).remote.address);
const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`express-shop listening on port ${port}`);
}) as Server;
stopOnSignal(
  () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    }),
);
