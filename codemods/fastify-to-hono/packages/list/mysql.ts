import type { PackageRule } from '../contract.ts';

/** Connections: it decorates the application, and closes with it. */
const mysql: PackageRule = {
  name: '@fastify/mysql',
  formerly: ['fastify-mysql'],
  stays: true,
  noWorker: 'its connections are sockets of Node',
  app: ['mysql'],
  against: ({ names }) =>
    names?.includes('namespace')
      ? 'a name of its own for the connection (`namespace`) is not followed'
      : null,
};
export default mysql;
