import type { PackageRule } from './_contract.ts';
import { limit } from './_limit.ts';

const expressSlowDown: PackageRule = {
  name: 'express-slow-down',
  bridge: {},
  onContext: limit(/^[23]\./),
  answers: /^/,
  provides: ['slowDown'],
};
export default expressSlowDown;
