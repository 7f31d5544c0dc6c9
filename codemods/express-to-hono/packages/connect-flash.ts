import type { PackageRule } from './_contract.ts';

const connectFlash: PackageRule = { name: 'connect-flash', bridge: {}, provides: ['flash'] };
export default connectFlash;
