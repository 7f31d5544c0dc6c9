import type { PackageRule } from './_contract.ts';

const trimRequest: PackageRule = {
  name: 'trim-request',
  bridge: { by: 'bridgeQuery', changesParams: true },
};
export default trimRequest;
