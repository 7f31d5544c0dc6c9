import semver from 'semver';
import { helmetHeaders, oneHeader } from '../../shared/to-hono/helmet-headers.ts';
import { Unknown, type Written } from '../../shared/to-hono/written.ts';
import type { Native, PackageRule, Use } from './_contract.ts';
import { setsHeaders } from './_headers.ts';
import { writtenValue } from './_options.ts';

/**
 * Not `hono/secure-headers`: it sets its headers when the handler has answered, over what that has set or taken out, and takes
 * more than a third of the requests a second of Node's server.
 */
function native(use: Use): Native | string {
  const { args, member, release, work } = use;
  const [given, ...more] = args;
  if (release === null || semver.lt(release, '4.0.0') || semver.gte(release, '9.0.0'))
    return `what \`helmet\` ${release ?? 'of no known release'} sends was not compared`;
  const options: Written | undefined = given === undefined ? new Map() : writtenValue(work, given);
  if (use.isNamed('x-powered-by')) return 'the application sets `X-Powered-By`, which `helmet` takes out';
  if (!(options instanceof Map) || more.length > 0)
    return 'its options are not written in this file, as literals';
  try {
    const headers = member === '' ? helmetHeaders(options, release) : oneHeader(member, options, release);
    return setsHeaders(use, headers);
  } catch (error) {
    if (error instanceof Unknown) return `its option \`${error.message}\` was not compared`;
    throw error;
  }
}

const helmet: PackageRule = {
  name: 'helmet',
  bridge: {},
  native,
  advice: 'use `hono/secure-headers` and compare the headers it sends',
};
export default helmet;
