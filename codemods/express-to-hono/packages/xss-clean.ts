import type { PackageRule } from './_contract.ts';

const xssClean: PackageRule = { name: 'xss-clean', bridge: { by: 'bridgeQuery', replaces: true } };
export default xssClean;
