import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Before each payload: its length and its CRC-32, both unsigned 32-bit little endian. */
export const FRAME_HEAD = 8;
/** Payloads are metadata of one exchange; a longer length is damage, not data. */
const MAX_PAYLOAD = 32 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

/** A payload with its length and checksum before it. */
export function frame(payload: Uint8Array): Buffer {
  const head = Buffer.alloc(FRAME_HEAD);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([head, payload]);
}

/** One frame of a file: where it starts, how long it is with its head, and its payload (null: the checksum is wrong). */
export interface Frame {
  at: number;
  length: number;
  payload: Buffer | null;
}

/**
 * Reads frames in order. Ends at the first one that is not whole: what follows is a torn tail, as a crash leaves it.
 * Memory is one read buffer and one payload, whatever the file's size.
 */
export async function* frames(file: FileHandle): AsyncGenerator<Frame> {
  const { size } = await file.stat();
  let buffer: Buffer = Buffer.alloc(0);
  let start = 0;
  const ensure = async (at: number, bytes: number): Promise<Buffer | null> => {
    if (at + bytes > size) return null;
    if (at + bytes > start + buffer.length) {
      const next = Buffer.alloc(Math.min(size - at, Math.max(bytes, READ_BYTES)));
      const { bytesRead } = await file.read(next, 0, next.length, at);
      buffer = next.subarray(0, bytesRead);
      start = at;
      if (bytesRead < bytes) return null;
    }
    return buffer.subarray(at - start, at - start + bytes);
  };
  for (let at = 0; at < size; ) {
    const head = await ensure(at, FRAME_HEAD);
    if (!head) return;
    const length = head.readUInt32LE(0);
    const sum = head.readUInt32LE(4);
    if (length === 0 || length > MAX_PAYLOAD) return;
    const payload = await ensure(at + FRAME_HEAD, length);
    if (!payload) return;
    const whole = crc32(payload) === sum;
    yield { at, length: FRAME_HEAD + length, payload: whole ? Buffer.from(payload) : null };
    at += FRAME_HEAD + length;
  }
}
