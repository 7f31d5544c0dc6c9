import type { PackageRule } from './_contract.ts';
import { logger } from './_pino.ts';

/** `pino-http` under its earlier name. */
const expressPinoLogger: PackageRule = {
  name: 'express-pino-logger',
  bridge: {},
  onContext: logger,
  provides: ['log', 'id'],
};
export default expressPinoLogger;
