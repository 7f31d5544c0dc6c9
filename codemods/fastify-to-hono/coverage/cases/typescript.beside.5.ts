/*
shape: TypeScript beside Fastify
esm: true
requests:
  - GET /notes/1
  - GET: /notes/1
    headers: { 'x-key': 'k' }
  - GET /later
*/
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    authenticate: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  }
}

const app: FastifyInstance = Fastify();

app.decorate('authenticate', async (request: FastifyRequest, reply: FastifyReply) => {
  if (request.headers['x-key'] !== 'k') reply.code(401).send({ error: 'no key' });
});
app.get('/notes/:id', { preHandler: app.authenticate }, async (request: FastifyRequest<{ Params: { id: string } }>) => ({
  id: request.params.id,
}));
app.get('/later', (request: FastifyRequest, reply: FastifyReply) => {
  setTimeout(() => reply.send('later'), 1);
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
