import type { PackageRule } from './_contract.ts';

const helmet: PackageRule = {
  name: 'helmet',
  bridge: {},
  advice: 'use `hono/secure-headers` and compare the headers it sends',
};
export default helmet;
