import { memberName } from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Native, PackageRule, Use } from './_contract.ts';
import { writtenValue } from './_options.ts';

/** What changes how it is compressed, and not whether. */
const HOW = new Set(['level', 'memLevel', 'chunkSize', 'strategy', 'windowBits', 'brotli']);

/** `hono/compress`; where the runtime's own server answers, beside what tells it how long a short answer is. */
function native({ args, work, target, files }: Use): Native | string {
  const [given, ...more] = args;
  const options = given === undefined ? new Map() : writtenValue(work, given);
  const threshold = options instanceof Map ? options.get('threshold') : undefined;
  const isKnown =
    options instanceof Map && [...options.keys()].every((key) => key === 'threshold' || HOW.has(key));
  if (!isKnown || more.length > 0 || (threshold !== undefined && typeof threshold !== 'number'))
    return '`hono/compress` has no option but `threshold` in bytes';
  if (
    files.some(({ file }) =>
      findAll(file.program, 'MemberExpression').some((each) => memberName(each) === 'flush'),
    )
  )
    return '`flush` is called, which `hono/compress` has not';
  const from =
    target === 'workers'
      ? { from: 'hono/compress', name: 'compress' }
      : {
          ...{ from: 'parity', name: 'compressAnswers' },
          why: '`hono/compress` compresses answers of any length, as it is told none',
        };
  return {
    ...{ ...from, leavesOut: { behaviour: 'compression' } },
    args: () => (threshold === undefined ? [] : [`{ threshold: ${threshold} }`]),
  };
}

const compression: PackageRule = {
  name: 'compression',
  bridge: {},
  native,
  advice: 'use `hono/compress`, or compress in front of the application',
};
export default compression;
