import { Hono } from 'hono';

export const createApp = () => {
  const app = new Hono();
  app.get('/health', (c) => c.text('ok'));
  return app;
};
