import type { PackageRule } from './_contract.ts';

const expressSlowDown: PackageRule = {
  name: 'express-slow-down',
  bridge: {},
  answers: /^/,
  provides: ['slowDown'],
};
export default expressSlowDown;
