import type { PackageRule } from './_contract.ts';

const hpp: PackageRule = {
  name: 'hpp',
  bridge: { by: 'bridgeQuery' },
  provides: ['queryPolluted', 'bodyPolluted'],
};
export default hpp;
