import type { PackageRule } from './_contract.ts';

const expressFileupload: PackageRule = {
  name: 'express-fileupload',
  bridge: { by: 'bridgeQuery' },
  provides: ['files'],
};
export default expressFileupload;
