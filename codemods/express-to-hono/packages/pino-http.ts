import type { PackageRule } from './_contract.ts';
import { logger } from './_pino.ts';

const pinoHttp: PackageRule = { name: 'pino-http', bridge: {}, onContext: logger, provides: ['log', 'id'] };
export default pinoHttp;
