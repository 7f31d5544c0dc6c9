import type { PackageRule } from './_contract.ts';

const expressRateLimit: PackageRule = {
  name: 'express-rate-limit',
  bridge: {},
  answers: /^/,
  provides: ['rateLimit'],
  advice: 'use `hono-rate-limiter`',
};
export default expressRateLimit;
