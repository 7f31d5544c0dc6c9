// How a validator is asked, from Fastify 5.12.1 on.
import type { Loose, Read } from './types.ts';

/** What a validator has against a part of a request; false for nothing. A value that it gives stands for the part. */
export function complaintOf(check: Loose, read: Read, name: keyof Read): Loose {
  const value = read[name] === undefined ? null : read[name];
  let result: Loose;
  try {
    // Ajv turns a whole part into another type where it knows what holds it.
    result = check.schemaEnv ? check(value, { parentData: read, parentDataProperty: name }) : check(value);
  } catch (error) {
    return Object.assign(error as Error, { statusCode: 500 });
  }
  if (typeof result?.then === 'function')
    return result.then(
      (passed: Loose) => (passed === false ? check.errors : false),
      (error: Loose) => error,
    );
  if (result === false) return check.errors;
  if (result?.error) return result.error;
  if (typeof result === 'object' && result !== null && 'value' in result) read[name] = result.value;
  return false;
}
