import { randomBytes } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a stream of frames amounts to: whole messages, and control frames. */
export interface FrameEvents {
  message(kind: 'text' | 'binary', data: Buffer): void;
  ping(data: Buffer): void;
  close(code: number | null, reason: string): void;
  /** The stream is no WebSocket any more, or holds what is not kept. */
  lost(why: string): void;
}

const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
/** Longer messages are not kept, bytes. */
export const MAX_MESSAGE = 1024 * 1024;
/** What a compressor remembers of earlier messages (RFC 7692 §7.1.2). */
const WINDOW = 32 * 1024;
const TAIL = Buffer.from([0, 0, 0xff, 0xff]);

/**
 * Reads frames (RFC 6455 §5.2) from chunks of any size. Never throws: what is no frame is told once as lost.
 *
 * @param deflated permessage-deflate was agreed (RFC 7692)
 */
export function frameReader(events: FrameEvents, deflated: boolean): (chunk: Buffer) => void {
  let buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let message: { kind: 'text' | 'binary'; compressed: boolean } | null = null;
  let window = Buffer.alloc(0);
  let over = false;

  const give = (kind: 'text' | 'binary', compressed: boolean, whole: Buffer) => {
    if (!compressed) return events.message(kind, whole);
    const options = {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MAX_MESSAGE,
      ...(window.length > 0 && { dictionary: window }),
    };
    const data = inflateRawSync(Buffer.concat([whole, TAIL]), options);
    window = Buffer.concat([window, data]).subarray(-WINDOW);
    events.message(kind, data);
  };

  return (chunk) => {
    if (over) return;
    buffer = buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([buffer, chunk]);
    try {
      for (let frame = readFrame(buffer); frame; frame = readFrame(buffer)) {
        const { opcode, fin, compressed, payload, length } = frame;
        buffer = buffer.subarray(length);
        if (compressed && !deflated) throw new Error('a compressed frame that was not agreed upon');
        if (opcode === OPCODE.close) {
          const code = payload.length >= 2 ? payload.readUInt16BE(0) : null;
          events.close(code, payload.subarray(2).toString('utf8'));
        } else if (opcode === OPCODE.ping) events.ping(payload);
        else if (opcode === OPCODE.text || opcode === OPCODE.binary || opcode === OPCODE.continuation) {
          if (opcode !== OPCODE.continuation)
            message = { kind: opcode === OPCODE.text ? 'text' : 'binary', compressed };
          if (!message) throw new Error('a continuation of nothing');
          parts.push(payload);
          if (parts.reduce((sum, part) => sum + part.length, 0) > MAX_MESSAGE)
            throw new Error('a message of more than 1 MiB');
          if (!fin) continue;
          give(message.kind, message.compressed, Buffer.concat(parts));
          parts = [];
          message = null;
        } else if (opcode !== OPCODE.pong) throw new Error(`an unknown opcode ${opcode}`);
      }
    } catch (error) {
      over = true;
      events.lost((error as Error).message);
    }
  };
}

/** The first whole frame of a buffer; null when it is not there yet. */
function readFrame(buffer: Buffer) {
  if (buffer.length < 2) return null;
  const [first, second] = [buffer.readUInt8(0), buffer.readUInt8(1)];
  if ((first & 0x30) !== 0) throw new Error('reserved bits are set');
  let at = 2;
  let size = second & 0x7f;
  if (size === 126) {
    if (buffer.length < 4) return null;
    size = buffer.readUInt16BE(2);
    at = 4;
  } else if (size === 127) {
    if (buffer.length < 10) return null;
    size = Number(buffer.readBigUInt64BE(2));
    at = 10;
  }
  if (size > MAX_MESSAGE) throw new Error('a message of more than 1 MiB');
  const masked = (second & 0x80) !== 0;
  const mask = masked ? buffer.subarray(at, at + 4) : null;
  if (mask) at += 4;
  if (buffer.length < at + size) return null;
  const payload = Buffer.from(buffer.subarray(at, at + size));
  if (mask) applyMask(payload, mask);
  return {
    fin: (first & 0x80) !== 0,
    compressed: (first & 0x40) !== 0,
    opcode: first & 0x0f,
    payload,
    length: at + size,
  };
}

function applyMask(payload: Buffer, mask: Buffer): void {
  for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0);
}

/** One frame as an end sends it: whole, and masked where the client is the sender. `compressed` is for tests of readers. */
export function frame(
  kind: 'text' | 'binary' | 'close' | 'pong' | 'ping',
  data: Buffer,
  { masked, compressed = false }: { masked: boolean; compressed?: boolean },
): Buffer {
  const payload = compressed
    ? deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4)
    : Buffer.from(data);
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | (compressed ? 0x40 : 0) | OPCODE[kind];
  const bit = masked ? 0x80 : 0;
  if (head.length === 2) head[1] = bit | payload.length;
  else if (head.length === 4) {
    head[1] = bit | 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = bit | 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  if (!masked) return Buffer.concat([head, payload]);
  const mask = randomBytes(4);
  applyMask(payload, mask);
  return Buffer.concat([head, mask, payload]);
}

/** The payload of a closing frame. */
export function closing(code: number | null, reason: string): Buffer {
  if (code === null) return Buffer.alloc(0);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code, 0);
  return Buffer.concat([head, Buffer.from(reason, 'utf8')]);
}
