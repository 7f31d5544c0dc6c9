import type { PackageRule } from './_contract.ts';

const methodOverride: PackageRule = {
  name: 'method-override',
  bridge: { by: 'bridgeMethod' },
  provides: ['originalMethod'],
};
export default methodOverride;
