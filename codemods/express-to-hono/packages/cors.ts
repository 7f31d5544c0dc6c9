import { isFunction } from '../../../src/workspace/syntax/nodes.ts';
import { spanOf } from '../state/conversion.ts';
import type { Native, PackageRule, Use } from './_contract.ts';

/**
 * Not `hono/cors`: it sends a fixed origin only to that origin, has no regular expressions and no callback, and takes more than
 * half of the requests a second of Node's server, as it sets headers on a response made for them.
 */
function native({ args, written, times, isNamed }: Use): Native | string {
  const [options, ...more] = args;
  const isVaried = times > 1 || isNamed('vary');
  const form = {
    ...{ from: 'parity', name: 'corsHeaders' },
    why: '`hono/cors` has no regular expressions and no callback, sends a fixed origin to that one only, and has a price',
    ...(isVaried && { leavesOut: { behaviour: 'header-lines', header: 'vary' } as const }),
  };
  if (options === undefined) return { ...form, args: () => [] };
  const { node: value } = written(options);
  if (isFunction(value)) return 'its options are made for each request';
  if (more.length > 0 || value.type !== 'ObjectExpression') return 'its options are not written out';
  return { ...form, args: () => [spanOf(options)] };
}

const cors: PackageRule = {
  name: 'cors',
  bridge: {},
  native,
  advice: 'use `hono/cors` and compare its defaults',
};
export default cors;
