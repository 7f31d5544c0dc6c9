import type { PackageRule } from '../contract.ts';

/** Connections: it decorates the application, and closes with it. */
const mongodb: PackageRule = {
  name: '@fastify/mongodb',
  formerly: ['fastify-mongodb'],
  stays: true,
  noWorker: 'its connections are sockets of Node',
  app: ['mongo'],
  against: ({ names }) =>
    names?.includes('namespace')
      ? 'a name of its own for the connection (`namespace`) is not followed'
      : null,
};
export default mongodb;
