import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import type { PackageRule } from './_contract.ts';

/** Its router (1.8.4) has three routes; others are options. */
const expressActuator: PackageRule = {
  name: 'express-actuator',
  bridge: 'it is a router of Express',
  answersOnly: ({ call }) =>
    call === null || argumentsOf(call.node).length > 0
      ? null
      : ['/info', '/metrics', '/health'].map((path) => ({ method: 'get', path })),
};
export default expressActuator;
