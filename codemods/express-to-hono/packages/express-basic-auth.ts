import { isFunction, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { constantOf } from '../state/constants.ts';
import { spanOf } from '../state/conversion.ts';
import { writtenOptions } from '../state/written-options.ts';
import type { Native, PackageRule, Use } from './_contract.ts';

/**
 * Not `hono/basic-auth`: it challenges where this one answers 401 alone, and throws, so that an error handler of the
 * application would answer in its place.
 */
function native({ args, work, member }: Use): Native | string {
  const [given, ...more] = args;
  const options = given === undefined ? null : writtenOptions(constantOf(work, given));
  if (given === undefined || options === null || more.length > 0 || member !== '')
    return 'its options are not written in this file';
  for (const [key, value] of options) {
    if (!/^(users|challenge|realm|unauthorizedResponse|authorizer|authorizeAsync)$/.test(key))
      return `its option \`${key}\` was not compared`;
    const written = constantOf(work, value);
    const isKnown =
      key === 'realm'
        ? literalText(written) !== null
        : key !== 'unauthorizedResponse' || (/^(Object|Literal)/.test(written.type) && !isFunction(written));
    if (!isKnown) return `its option \`${key}\` may be a function of Express's request`;
  }
  return {
    ...{ from: 'parity', name: 'passwords' },
    why: '`hono/basic-auth` always challenges, and hands what it refuses to the error handler',
    args: () => [spanOf(given)],
  };
}

const expressBasicAuth: PackageRule = {
  name: 'express-basic-auth',
  bridge: {},
  answers: /^/,
  provides: ['auth'],
  native,
};
export default expressBasicAuth;
