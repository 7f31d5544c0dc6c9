import type { PackageRule } from './_contract.ts';

const cors: PackageRule = { name: 'cors', bridge: {}, advice: 'use `hono/cors` and compare its defaults' };
export default cors;
