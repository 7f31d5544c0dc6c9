import { Elysia } from 'elysia';

export const users = new Elysia({ prefix: '/users' })
  .get('/', () => [])
  .get('/:id', ({ params: { id } }) => id)
  .put('/:id', ({ body }) => body);
