import type { PackageRule } from './_contract.ts';

const morgan: PackageRule = {
  name: 'morgan',
  bridge: {},
  advice: 'use `hono/logger`, which writes another format',
};
export default morgan;
