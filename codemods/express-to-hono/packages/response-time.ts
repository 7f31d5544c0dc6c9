import type { PackageRule } from './_contract.ts';

const responseTime: PackageRule = { name: 'response-time', bridge: {} };
export default responseTime;
