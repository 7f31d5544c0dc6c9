import type { PackageRule } from './_contract.ts';

const expressBasicAuth: PackageRule = {
  name: 'express-basic-auth',
  bridge: {},
  answers: /^/,
  provides: ['auth'],
};
export default expressBasicAuth;
