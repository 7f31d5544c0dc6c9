import { UnreadMessage } from '../signal.ts';

/** The fields of one message, by number; a number that stands several times is a list. */
export type Fields = ReadonlyMap<number, readonly (Uint8Array | bigint)[]>;

/** Wire types of https://protobuf.dev/programming-guides/encoding/. */
const [VARINT, I64, LEN, I32] = [0, 1, 2, 5];
const LONGEST_VARINT = 10;

/**
 * Reads one protobuf message without its schema: numbers as they stand, everything else as its bytes.
 *
 * @throws UnreadMessage for bytes that are no message
 */
export function fieldsOf(bytes: Uint8Array): Fields {
  const fields = new Map<number, (Uint8Array | bigint)[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let n = 0; n < LONGEST_VARINT; n++) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << BigInt(7 * n);
      if (byte < 0x80) return value;
    }
    throw new UnreadMessage('it is cut off within a number');
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new UnreadMessage('it is cut off within a field');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const type = Number(tag & 7n);
    let value: Uint8Array | bigint;
    if (type === VARINT) value = varint();
    else if (type === LEN) value = take(Number(varint()));
    else if (type === I64 || type === I32) value = take(type === I64 ? 8 : 4);
    else throw new UnreadMessage(`it has a field of the wire type ${type}`);
    const number = Number(tag >> 3n);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

/** The messages in a field, each with its own fields. */
export const messages = (fields: Fields, number: number): Fields[] =>
  (fields.get(number) ?? []).flatMap((value) => (typeof value === 'bigint' ? [] : [fieldsOf(value)]));

/** The text of a field; null where it is absent or empty. */
export function text(fields: Fields, number: number): string | null {
  const value = fields.get(number)?.at(-1);
  if (value === undefined || typeof value === 'bigint' || value.length === 0) return null;
  return Buffer.from(value).toString('utf8');
}

/** The bytes of a field in hexadecimal digits; null where it is absent or empty. */
export function hex(fields: Fields, number: number): string | null {
  const value = fields.get(number)?.at(-1);
  if (value === undefined || typeof value === 'bigint' || value.length === 0) return null;
  return Buffer.from(value).toString('hex');
}
