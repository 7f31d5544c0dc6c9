import type { PackageRule } from '../contract.ts';

/** Connections: it decorates the application, and closes with it. */
const postgres: PackageRule = {
  name: '@fastify/postgres',
  formerly: ['fastify-postgres'],
  stays: true,
  noWorker: 'its connections are sockets of Node',
  app: ['pg'],
  against: ({ names }) =>
    names?.includes('namespace')
      ? 'a name of its own for the connection (`namespace`) is not followed'
      : null,
};
export default postgres;
