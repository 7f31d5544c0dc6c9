import { Elysia, t } from 'elysia';
import { users } from './users.js';

const plugin = (app) => app.get('/from-a-function', () => 'plugin');

const app = new Elysia()
  .onBeforeHandle(({ set }) => {
    set.headers['x-powered-by'] = 'elysia';
  })
  .get('/', () => 'home')
  .post('/notes', ({ body }) => body, { body: t.Object({ text: t.String() }) })
  .all('/any', () => 'any')
  .route('PURGE', '/cache', () => 'purged')
  .use(users)
  .use(plugin)
  .group('/v1', (v1) =>
    v1
      .get('/status', () => 'up')
      .guard({ beforeHandle() {} }, (guarded) => guarded.get('/secret/:id', ({ params }) => params.id))
      .group('/deep', (deep) => deep.delete('/:id', () => null)),
  );

app.get('files/*', ({ params }) => params['*']);

export default app;
