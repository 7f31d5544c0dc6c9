import { onlyOptions, type PackageRule } from '../contract.ts';

/** Forms, as text by name. */
const formbody: PackageRule = {
  name: '@fastify/formbody',
  formerly: ['fastify-formbody'],
  becomes: { file: 'forms', name: 'forms' },
  against: onlyOptions(['bodyLimit']),
};
export default formbody;
