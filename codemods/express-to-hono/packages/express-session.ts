import type { PackageRule } from './_contract.ts';

const expressSession: PackageRule = {
  name: 'express-session',
  bridge: {},
  provides: ['session', 'sessionID', 'sessionStore'],
  advice: 'use `@hono/session`, whose store is another one',
};
export default expressSession;
