import Fastify from 'fastify';
import fp from 'fastify-plugin';
import notes from './routes/notes.js';

const app = Fastify({ logger: false });

app.register(fp(async (instance) => {
  instance.decorate('store', new Map([['1', { id: 1, title: 'a', secret: 'x' }]]));
  instance.decorateRequest('user', null);
}));

app.addHook('onRequest', async (request, reply) => {
  const token = request.headers.authorization;
  if (token === 'bad') {
    reply.code(401).send({ error: 'no' });
    return;
  }
  request.user = token ?? 'anonymous';
});

app.setErrorHandler((error, request, reply) => {
  request.log.error(error);
  if (error.validation) return reply.status(422).send({ problems: error.message });
  reply.send(error);
});

app.get('/', async () => ({ hello: 'world' }));
app.get('/text', (request, reply) => {
  reply.send(`hi ${request.query.name}`);
});
app.get('/html', (request, reply) => reply.type('text/html').send('<p>hi</p>'));
app.get('/me', async (request) => request.user);
app.get('/old', (request, reply) => reply.redirect('/me', 301));
app.get('/boom', async () => {
  throw Object.assign(new Error('boom'), { statusCode: 418 });
});
app.register(notes, { prefix: '/notes' });

app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
