import type { PackageRule } from './_contract.ts';

const errorhandler: PackageRule = { name: 'errorhandler', bridge: { by: 'bridgeError' } };
export default errorhandler;
