import { spanOf } from '../state/conversion.ts';
import type { Native, PackageRule, Use } from './_contract.ts';
import { writtenValue } from './_options.ts';

/** Not `hono/timing`, whose header is `Server-Timing`. */
function native({ args, work }: Use): Native | string {
  const [given, ...more] = args;
  const form = { from: 'parity', name: 'responseTime', why: '`hono/timing` sends another header' };
  if (given === undefined) return { ...form, args: () => [] };
  const options = writtenValue(work, given);
  if (!(options instanceof Map) || more.length > 0)
    return 'its options are not written in this file, as literals';
  const isKnown = [...options].every(
    ([key, value]) =>
      (key === 'digits' && typeof value === 'number') ||
      (key === 'header' && typeof value === 'string' && value !== '') ||
      (key === 'suffix' && typeof value === 'boolean'),
  );
  return isKnown ? { ...form, args: () => [spanOf(given)] } : 'its options are none that were compared';
}

const responseTime: PackageRule = { name: 'response-time', bridge: {}, native };
export default responseTime;
