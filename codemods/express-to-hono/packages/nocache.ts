import type { PackageRule } from './_contract.ts';

const nocache: PackageRule = { name: 'nocache', bridge: {} };
export default nocache;
