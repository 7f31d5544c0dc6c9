import type { PackageRule } from './_contract.ts';

const cookieSession: PackageRule = {
  name: 'cookie-session',
  bridge: {},
  provides: ['session', 'sessionOptions', 'sessionCookies'],
  saves: ['session', 'sessionOptions'],
};
export default cookieSession;
