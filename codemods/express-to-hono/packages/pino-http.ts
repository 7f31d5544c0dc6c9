import type { PackageRule } from './_contract.ts';

const pinoHttp: PackageRule = { name: 'pino-http', bridge: {}, provides: ['log', 'id'] };
export default pinoHttp;
