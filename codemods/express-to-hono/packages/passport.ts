import type { PackageRule } from './_contract.ts';

const passport: PackageRule = {
  name: 'passport',
  bridge: {},
  answers: /^(authenticate|authorize)\b/,
  provides: [
    ...['user', 'isAuthenticated', 'isUnauthenticated', 'login', 'logIn', 'logout', 'logOut'],
    ...['account', 'authInfo'],
  ],
};
export default passport;
