import type { PackageRule } from './_contract.ts';

/** `pino-http` under its earlier name. */
const expressPinoLogger: PackageRule = { name: 'express-pino-logger', bridge: {}, provides: ['log', 'id'] };
export default expressPinoLogger;
