import { createHash } from 'node:crypto';
import type { ExchangeResponse, RawHeaders } from '../../model/exchange.ts';
import { type Answer, view } from '../answer.ts';

/** An answer by what a test says of it; the rest is a complete, empty 200 of JSON. */
export interface Sketch {
  status?: number;
  reason?: string;
  headers?: RawHeaders;
  type?: string;
  body?: string | Buffer;
  ending?: ExchangeResponse['ending'];
  /** When parts of the body came, ms. */
  at?: readonly number[];
}

export function response({
  status = 200,
  reason = 'OK',
  headers = [],
  type = 'application/json',
  body = '',
  ending = 'complete',
  at = [],
}: Sketch): ExchangeResponse {
  const bytes = Buffer.from(body);
  return {
    ...{ status, reason, ending, headMs: 1, totalMs: 2, body: bytes, size: bytes.length },
    chunks: at.map((ms) => ({ at: ms, bytes: 1 })),
    headers: [['Content-Type', type], ...headers],
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** The answer as one side gave it. */
export const side = (sketch: Sketch) => {
  const answer: Answer = { ok: true, response: response(sketch) };
  return { answer, view: view(answer.response) };
};
/** The same request on both sides. */
export const pair = (old: Sketch, next: Sketch, method = 'GET') => ({
  method,
  old: side(old),
  new: side(next),
});
