import type { PackageRule } from './_contract.ts';

const compression: PackageRule = {
  name: 'compression',
  bridge: {},
  advice: 'use `hono/compress`, or compress in front of the application',
};
export default compression;
