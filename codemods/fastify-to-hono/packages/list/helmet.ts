import type { PackageRule } from '../contract.ts';

/** Helmet itself, on Hono's context. */
const helmet: PackageRule = {
  name: '@fastify/helmet',
  formerly: ['fastify-helmet'],
  becomes: { file: 'helmet', name: 'secured' },
  dependencies: { helmet: '^8.0.0' },
  against({ names }) {
    if (names === null) return 'the options of `@fastify/helmet` are not written down';
    const other = names.find((name) => /^(?:global|enableCSPNonces)$/.test(name));
    return other === undefined
      ? null
      : `the option \`${other}\` of \`@fastify/helmet\` has no counterpart here`;
  },
};
export default helmet;
