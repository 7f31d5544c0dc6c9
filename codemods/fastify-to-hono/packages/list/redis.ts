import type { PackageRule } from '../contract.ts';

/** Connections: it decorates the application, and closes with it. */
const redis: PackageRule = {
  name: '@fastify/redis',
  formerly: ['fastify-redis'],
  stays: true,
  noWorker: 'its connections are sockets of Node',
  app: ['redis'],
  against: ({ names }) =>
    names?.includes('namespace')
      ? 'a name of its own for the connection (`namespace`) is not followed'
      : null,
};
export default redis;
