import type { Native, PackageRule, Use } from './_contract.ts';
import { writtenValue } from './_options.ts';

/**
 * `hono/compress` cannot know how long most answers are, and compresses those of ten bytes too: only where nothing else runs.
 */
function native({ args, work, target }: Use): Native | string {
  if (target !== 'workers') return '`hono/compress` compresses answers of any length, as it is told none';
  const [given, ...more] = args;
  const options = given === undefined ? new Map() : writtenValue(work, given);
  const threshold = options instanceof Map ? options.get('threshold') : undefined;
  const isKnown = options instanceof Map && [...options.keys()].every((key) => key === 'threshold');
  if (!isKnown || more.length > 0 || (options.size > 0 && typeof threshold !== 'number'))
    return '`hono/compress` has no option but `threshold` in bytes';
  return {
    ...{ from: 'hono/compress', name: 'compress', leavesOut: { behaviour: 'compression' } },
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
