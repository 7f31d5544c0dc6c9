import { getConnInfo } from 'hono/deno';
import { createApp } from '../app.ts';
import { createDeps } from '../deps.ts';
import { stopOnSignal } from './stop.ts';

const app = createApp(createDeps(), (c) => getConnInfo(c).remote.address);
const onListen = ({ port }: { port: number }) => console.log(`express-shop listening on port ${port}`);
const server = Deno.serve({ port: Number(process.env.PORT ?? 3000), onListen }, app.fetch);
stopOnSignal(() => server.shutdown());
