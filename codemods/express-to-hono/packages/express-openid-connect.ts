import type { PackageRule } from './_contract.ts';

/** Source: express-openid-connect 2 and 3. */
const STAYS =
  '`auth()` of `express-openid-connect` is a router of Express with routes of its own, which waits for its session to be saved inside `res.end`';

const expressOpenidConnect: PackageRule = {
  name: 'express-openid-connect',
  bridge: STAYS,
  provides: ['oidc', 'openidState', 'appSession'],
  advice: 'use `@hono/oidc-auth`, whose session cookie is another one',
};
export default expressOpenidConnect;
