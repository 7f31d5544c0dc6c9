import { once } from 'node:events';
import { createServer } from './server.mjs';
import { talk } from './client.mjs';

const server = createServer();
await once(server, 'listening');
const { port } = server.address();
await talk(`ws://127.0.0.1:${port}/`);
server.close();
await talk(`ws://127.0.0.1:${port}/`);
process.exit();
