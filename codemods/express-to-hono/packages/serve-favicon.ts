import type { PackageRule } from './_contract.ts';

const serveFavicon: PackageRule = { name: 'serve-favicon', bridge: {}, keepsNothingOut: true };
export default serveFavicon;
