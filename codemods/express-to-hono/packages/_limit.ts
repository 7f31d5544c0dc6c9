import { isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import { constantOf } from '../state/constants.ts';
import { functionAt } from './_connect.ts';
import type { OnContext, Use } from './_contract.ts';
import { asksForLent, REQUEST, RESPONSE } from './_lent-members.ts';
import { givenOptions } from './_options.ts';
import { words } from './_words.ts';

/** Options that are values, whatever they come to. */
const VALUES = words(
  'windowMs max limit delayAfter delayMs maxDelayMs message statusCode headers standardHeaders legacyHeaders draft_polli_ratelimit_headers identifier requestPropertyName passOnStoreError validate store ipv6Subnet logger',
);
/** Options that are functions of the request. */
const FUNCTIONS = words('keyGenerator skip handler');

/**
 * Runs a limit on Hono's context: it asks who the client is, sets headers and answers. Its store, its windows and its keys are
 * the package's own. `releases`: those whose source asks for nothing else. Not where it takes back what it counted once an answer has gone out: that asks for the connection.
 */
export const limit =
  (releases: RegExp) =>
  (use: Use): OnContext | string => {
    const {
      args: [given],
      release,
    } = use;
    if (!releases.test(release ?? ''))
      return `its release ${release ?? 'is not known, and'} was not compared`;
    const found = givenOptions(use, given);
    if (found === null) return 'its options are not written out';
    const { work } = found;
    for (const [key, option] of found.options) {
      const value = constantOf(work, option);
      const fn = functionAt({ work, value });
      if (!VALUES.has(key) && !FUNCTIONS.has(key)) return `its option \`${key}\` was not compared`;
      // What is brought from elsewhere may be a function that asks more.
      if (fn === null && (FUNCTIONS.has(key) || isIdentifier(value)))
        return `its option \`${key}\` is not written in this file`;
      // Those of delays are given a number first.
      const lent = key === 'delayMs' ? [null, REQUEST, RESPONSE] : [REQUEST, RESPONSE];
      if (fn !== null && !asksForLent(work, fn, lent))
        return `its option \`${key}\` asks more of the request`;
    }
    return { leavesOut: [] };
  };
