import { createApp } from './create.js';

export const users = () =>
  createApp()
    .get('/', (c) => c.json([]))
    .get('/:id', (c) => c.json({ id: c.req.param('id') }));

export function tags() {
  const router = createApp();
  // Goes on: Hono itself takes it for middleware.
  router.post('/*', async (c, next) => {
    await next();
  });
  router.post('/', (c) => c.json({}, 201));
  return router;
}
