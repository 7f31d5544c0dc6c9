import type { PackageRule } from './_contract.ts';

const ws: PackageRule = { name: 'ws', advice: 'nothing: it stays on the server that Hono answers' };
export default ws;
