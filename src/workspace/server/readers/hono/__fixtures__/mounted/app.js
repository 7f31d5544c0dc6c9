import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { books } from './books.js';

const app = new Hono();
app.use('*', cors());
app.use('/admin/*', async (c, next) => {
  await next();
});
app.get('/', (c) => c.text('home'));
app.get('/users/:id{[0-9]+}', (c) => c.json({ id: c.req.param('id') })).delete('/users/:id', (c) => c.body(null, 204));
app.on(['PUT', 'PATCH'], '/both', (c) => c.text(c.req.method));
app.on('PURGE', '/cache', (c) => c.text('purged'));
app.all('/any', (c) => c.text('any'));
for (const name of ['a', 'b']) app.get(`/letters/${name}`, (c) => c.text(name));
app.route('/books', books);
const api = app.basePath('/api');
api.post('/things', (c) => c.json({}));

export default app;
