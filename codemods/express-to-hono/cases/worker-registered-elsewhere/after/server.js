import app from './app.js';
import './more.js';
import { serve } from '@hono/node-server';

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
