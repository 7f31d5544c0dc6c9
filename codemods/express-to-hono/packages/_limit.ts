import {
  child,
  children,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { constantOf } from '../state/constants.ts';
import { writtenOptions } from '../state/written-options.ts';
import { functionAt } from './_connect.ts';
import type { OnContext, Use } from './_contract.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** What `onContext` has of a request and a response. */
const REQUEST = words('ip method headers originalUrl url path params body get header rateLimit slowDown');
const RESPONSE = words('setHeader append set header status send json sendStatus end headersSent');

/** Options that are values, whatever they come to. */
const VALUES = words(
  'windowMs max limit delayAfter delayMs maxDelayMs message statusCode headers standardHeaders legacyHeaders draft_polli_ratelimit_headers identifier requestPropertyName passOnStoreError validate store ipv6Subnet logger',
);
/** Options that are functions of the request. */
const FUNCTIONS = words('keyGenerator skip handler');

/**
 * Runs a limit on Hono's context: it asks who the client is, sets headers and answers. Its store, its windows and its keys are
 * the package's own. Not where it takes back what it counted once an answer has gone out: that asks for the connection.
 */
export function limit({ args: [given], work }: Use): OnContext | string {
  const options = writtenOptions(given === undefined ? undefined : constantOf(work, given));
  if (options === null) return 'its options are not written in this file';
  for (const [key, option] of options) {
    const value = constantOf(work, option);
    const fn = functionAt({ work, value });
    if (!VALUES.has(key) && !FUNCTIONS.has(key)) return `its option \`${key}\` was not compared`;
    if (fn === null && FUNCTIONS.has(key)) return `its option \`${key}\` is not written in this file`;
    if (fn !== null && !asksForLent(work, fn, key)) return `its option \`${key}\` asks more of the request`;
  }
  return { leavesOut: [] };
}

/** Whether a function asks of the request and response no more than there is; those of delays are given a number first. */
function asksForLent({ bindings, parents }: Use['work'], fn: SyntaxNode, key: string): boolean {
  const parameters = parametersOf(fn).slice(key === 'delayMs' ? 1 : 0);
  const isLent = (node: SyntaxNode, lent: ReadonlySet<string>): boolean => {
    const member = parents.get(node);
    if (!isMember(member) || child(member, 'object') !== node) return false;
    const call = parents.get(member);
    const next = call === undefined ? undefined : parents.get(call);
    // What `res.status(429)` gives back is the response.
    const isOn = lent === RESPONSE && isMember(next) && child(next, 'object') === call;
    return lent.has(memberName(member) ?? '') && (!isOn || call === undefined || isLent(call, lent));
  };
  return parameters.slice(0, 2).every((parameter, index) => {
    const lent = index === 0 ? REQUEST : RESPONSE;
    const target = patternTarget(parameter);
    if (target.type === 'ObjectPattern')
      return children(target, 'properties').every((each) => lent.has(propertyKeyName(each) ?? ''));
    const references = isIdentifier(target) ? bindings.bindingOf(target)?.references : undefined;
    return references?.every(({ node }) => isLent(node, lent)) === true;
  });
}
