import { createApp } from './app.mjs';
import { readConfig } from './config.mjs';
import { serve } from '@hono/node-server';

const app = createApp(readConfig());
serve({ fetch: app.fetch, port: 3000 });
