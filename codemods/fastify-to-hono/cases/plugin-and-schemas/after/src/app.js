import fp from 'fastify-plugin';
import notes from './routes/notes.js';
import { body } from './http/body.js';
import { createApp } from './http/app.js';
import { jsonSchemas } from './http/schemas.js';
import { listen } from './http/listen.js';
import { requestLog } from './http/log.js';
import { send } from './http/answers.js';

const app = createApp({ logger: false }, { body, listen, log: requestLog, schemas: jsonSchemas });

app.register(fp(async (instance) => {
  instance.decorate('store', new Map([['1', { id: 1, title: 'a', secret: 'x' }]]));
  instance.decorateRequest('user', null);
}));

app.addHook('onRequest', async (c) => {
  const token = c.req.header('authorization');
  if (token === 'bad') {
    return send(c, { error: 'no' }, 401);
  }
  c.set('user', token ?? 'anonymous');
});

app.setErrorHandler((error, c) => {
  c.get('log').error(error);
  if (error.validation) return send(c, { problems: error.message }, 422);
  throw error;
});

app.get('/', async (c) => c.json({ hello: 'world' }));
app.get('/text', (c) => {
  return c.text(`hi ${c.req.valid('query').name}`);
});
app.get('/html', (c) => {
  c.header('Content-Type', 'text/html');
  return c.body('<p>hi</p>');
});
app.get('/me', async (c) => send(c, c.get('user')));
app.get('/old', (c) => c.redirect('/me', 301));
app.get('/boom', async () => {
  throw Object.assign(new Error('boom'), { statusCode: 418 });
});
app.register(notes, { prefix: '/notes' });

app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
