import type { PackageRule } from './_contract.ts';

const connectEnsureLogin: PackageRule = { name: 'connect-ensure-login', bridge: {}, answers: /^/ };
export default connectEnsureLogin;
