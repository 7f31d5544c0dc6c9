import type { PackageRule } from './_contract.ts';

const connectTimeout: PackageRule = {
  name: 'connect-timeout',
  bridge: {},
  provides: ['timedout', 'clearTimeout'],
  raises: true,
};
export default connectTimeout;
