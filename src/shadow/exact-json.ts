import { isLosslessNumber, parse } from 'lossless-json';

/**
 * Parses JSON so that no digit of a number and no second use of a key gets lost: numbers that JavaScript would write in
 * another way are `LosslessNumber`s.
 *
 * @throws SyntaxError when the text is no JSON, or has a key twice with different values
 */
export function parseExact(text: string): unknown {
  // Most servers write their JSON as JavaScript does. What comes out the same again has lost nothing on the way.
  const value: unknown = JSON.parse(text);
  return JSON.stringify(value) === text ? value : parse(text);
}

/** A number of {@link parseExact}, in either of its forms. */
export const isNumber = (value: unknown): boolean => typeof value === 'number' || isLosslessNumber(value);
