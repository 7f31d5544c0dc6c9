import type { PackageRule } from '../contract.ts';

/** Tokens in the Authorization header or a cookie, made and read by fast-jwt. */
const jwt: PackageRule = {
  name: '@fastify/jwt',
  majors: [9, 99],
  becomes: { file: 'jwt', name: 'jwt' },
  dependencies: { 'fast-jwt': '^6.0.0' },
  app: ['jwt'],
  against({ names }) {
    if (names === null) return 'the options of `@fastify/jwt` are not written down';
    const other = names.find((name) => !/^(?:secret|sign|verify|cookie|decode|messages)$/.test(name));
    return other === undefined ? null : `the option \`${other}\` of \`@fastify/jwt\` has no counterpart here`;
  },
  request: { user: (_want, c) => `${c}.get('user')` },
  functions: {
    jwtVerify: { file: 'jwt', name: 'jwtVerify' },
    jwtDecode: { file: 'jwt', name: 'jwtDecode' },
    jwtSign: { file: 'jwt', name: 'jwtSign' },
  },
};
export default jwt;
