import { onlyOptions, type PackageRule } from '../contract.ts';

const cookieIn = (file: string): Omit<PackageRule, 'name' | 'majors'> => ({
  against: onlyOptions(['secret', 'hook']),
  dependencies: { cookie: '^0.7.2' },
  request: { cookies: (want, c) => `${want(`parity/${file}`, 'cookies')}(${c})` },
  functions: {
    setCookie: { file, name: 'setCookie' },
    cookie: { file, name: 'setCookie' },
    clearCookie: { file, name: 'clearCookie' },
  },
});

/** Cookies that are not signed. From 10 on they are `SameSite=Lax` where nothing is said. */
export const cookie: PackageRule = { name: '@fastify/cookie', majors: [10, 99], ...cookieIn('cookies') };
export const cookie9: PackageRule = {
  name: '@fastify/cookie',
  formerly: ['fastify-cookie'],
  majors: [4, 9],
  ...cookieIn('cookies-9'),
};
