import type { PackageRule } from './_contract.ts';

const cookieSession: PackageRule = {
  name: 'cookie-session',
  bridge: {},
  provides: ['session', 'sessionOptions', 'sessionCookies'],
  saves: ['session', 'sessionOptions'],
  // Source: cookie-session 1.4 to 2.1 and cookies 0.8 and 0.9: cookies, `protocol` and `connection.encrypted`, and `writeHead`.
  connects: ({ release }) =>
    /^(1\.4|2)\./.test(release ?? '') ? [] : `cookie-session ${release} was not compared`,
};
export default cookieSession;
