import type { PackageRule } from './_contract.ts';
import { limit } from './_limit.ts';

const expressRateLimit: PackageRule = {
  name: 'express-rate-limit',
  bridge: {},
  onContext: limit(/^[678]\./),
  answers: /^/,
  provides: ['rateLimit'],
  advice: 'use `hono-rate-limiter`',
};
export default expressRateLimit;
