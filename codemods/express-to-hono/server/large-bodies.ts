import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import { isParser } from '../native/parsers.ts';
import type { Conversion } from '../state/conversion.ts';
import { bytesOf, writtenOptions } from '../state/written-options.ts';

/** What Bun reads of a body by itself: 128 MiB. Source: `maxRequestBodySize` of Bun 1.4.5. */
const BUN_READS = 128 * 1024 ** 2;

/** Functions of the support file that read a body with no limit of their own. */
const UNLIMITED = /^(upload|receive|requestStream|memoryStorage|diskStorage)$/;

/** Whether the application may read bodies that Bun would refuse before it sees them. */
export function readsLargeBodies(conversion: Conversion): boolean {
  if ([...conversion.parity].some((name) => UNLIMITED.test(name))) return true;
  return packagesOf(conversion.program)
    .filter(isParser)
    .some(({ call }) => {
      if (call === null) return true;
      const options = writtenOptions(argumentsOf(call.node)[0]);
      if (options === null) return true;
      const limit = options.get('limit');
      if (limit === undefined) return false;
      return (bytesOf(conversion.workOf(call.file), limit) ?? Infinity) > BUN_READS;
    });
}
