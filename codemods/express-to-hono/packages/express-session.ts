import semver from 'semver';
import { asksForLent, functionAt, valuesNamed } from './_connect.ts';
import type { PackageRule, Use } from './_contract.ts';

/**
 * Source: express-session 1.15 to 1.19. It asks for the URL, cookies, `connection.encrypted`, `secure` and `secret`, stands
 * around `writeHead` and `end`, and hands the request to these options alone.
 */
function connects({ release, files, isAssigned }: Use): readonly [] | string {
  if (!semver.satisfies(release ?? '', '1.15 - 1.19')) return `express-session ${release} was not compared`;
  if (isAssigned('secret')) return 'the application sets the secret on the request';
  if (!valuesNamed(files, 'genid').every(asksForLent)) return 'its option `genid` asks more of the request';
  const cookies = valuesNamed(files, 'cookie').filter((each) => functionAt(each) !== null);
  return cookies.every(asksForLent) ? [] : 'its option `cookie` asks more of the request';
}

const expressSession: PackageRule = {
  name: 'express-session',
  bridge: {},
  provides: ['session', 'sessionID', 'sessionStore'],
  saves: ['session', 'sessionID'],
  connects,
  advice: 'use `@hono/session`, whose store is another one',
};
export default expressSession;
