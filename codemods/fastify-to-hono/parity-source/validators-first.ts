// How a validator was asked before Fastify 5.6.2.
import type { Loose, Read } from './types.ts';

/**
 * What a validator has against a part of a request; false for nothing. A value that it gives stands for the part.
 *
 * @throws what the validator throws
 */
export function complaintOf(check: Loose, read: Read, name: keyof Read): Loose {
  const judged = (result: Loose): Loose => {
    if (result === false) return check.errors;
    if (result?.error) return result.error;
    if (result?.value) read[name] = result.value;
    return false;
  };
  const result = check(read[name] === undefined ? null : read[name]);
  return typeof result?.then === 'function'
    ? result.then(judged).catch((error: Loose) => error)
    : judged(result);
}
