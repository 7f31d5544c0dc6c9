import type { PackageRule } from '../contract.ts';

/** Settings of the environment: it decorates the application. */
const env: PackageRule = {
  name: '@fastify/env',
  formerly: ['fastify-env'],
  stays: true,
  noWorker: 'it compiles a schema as it starts, which a Worker does not allow',
  app: ['config'],
  against: ({ names }) =>
    names?.includes('confKey') ? 'a name of its own for the settings (`confKey`) is not followed' : null,
};
export default env;
