import type { PackageRule } from './_contract.ts';

/** Source: connect-flash 0.1.1, the only release of note: it asks for the session alone. */
const connectFlash: PackageRule = {
  name: 'connect-flash',
  bridge: {},
  provides: ['flash'],
  saves: ['flash'],
  connects: () => [],
};
export default connectFlash;
