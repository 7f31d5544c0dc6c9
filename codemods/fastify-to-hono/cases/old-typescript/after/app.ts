import type { AppContext } from './http/types.js';
import { body } from './http/body.js';
import { createApp } from './http/app.js';
import { listen } from './http/listen.js';
const app = createApp({}, { body, listen });
app.get('/', async (c: AppContext) => c.json({ ok: true }));
app.listen({ port: 3000 });
