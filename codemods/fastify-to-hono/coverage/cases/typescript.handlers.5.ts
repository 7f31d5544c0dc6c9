/*
shape: TypeScript
esm: true
requests:
  - GET /users/7
  - GET /users/8
  - POST: /users
    json: { name: ann }
  - POST: /users
    json: {}
*/
import Fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyReply, type FastifyRequest } from 'fastify';

interface User {
  id: number;
  name: string;
}
const users = new Map<number, User>([[7, { id: 7, name: 'ann' }]]);

declare module 'fastify' {
  interface FastifyInstance {
    users: Map<number, User>;
  }
}

async function findUser(request: FastifyRequest<{ Params: { id: number } }>, reply: FastifyReply): Promise<User | void> {
  const user = users.get(request.params.id);
  if (!user) return reply.code(404).send({ error: 'no such user' });
  return user;
}

const routes: FastifyPluginAsync = async (app: FastifyInstance) => {
  app.get<{ Params: { id: number } }>(
    '/users/:id',
    { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } },
    findUser,
  );
  app.post<{ Body: { name: string } }>(
    '/users',
    { schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } },
    async (request, reply) => {
      const { name } = request.body;
      const user: User = { id: app.users.size + 1, name };
      return reply.status(201).send(user);
    },
  );
};

const app = Fastify({ logger: false });
app.decorate('users', users);
app.register(routes);
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
