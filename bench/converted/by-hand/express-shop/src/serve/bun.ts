import { getConnInfo } from 'hono/bun';
import { createApp } from '../app.ts';
import { createDeps } from '../deps.ts';
import { stopOnSignal } from './stop.ts';

const app = createApp(createDeps(), (c) => getConnInfo(c).remote.address);
const server = Bun.serve({ port: Number(process.env.PORT ?? 3000), fetch: app.fetch });
console.log(`express-shop listening on port ${server.port}`);
stopOnSignal(() => server.stop());
