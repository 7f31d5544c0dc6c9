import Fastify from 'fastify';
import app from './app.js';

const server = Fastify();
server.register(app, { prefix: '/api' });
await server.listen({ port: Number(process.env.PORT) || 0 });
