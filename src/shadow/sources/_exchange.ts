import { createHash } from 'node:crypto';
import type { Exchange, ExchangeResponse, RawHeaders } from '../../model/exchange.ts';

/** Parts of an exchange that a source knows of; everything else has its usual value. */
export interface Known {
  source: string;
  session: string;
  method: string;
  origin: string;
  path: string;
  headers?: RawHeaders;
  body?: Uint8Array | null;
  response?: ExchangeResponse | null;
  sentAt?: number;
  withheld?: string;
  recordedStatus?: number;
}

/** @param index position in the source, from 1 */
export function exchangeOf(index: number, known: Known): Exchange {
  const { source, session, method, origin, path, headers = [], body = null, response = null } = known;
  const { sentAt, withheld, recordedStatus } = known;
  return {
    ...{ schema: 'migrate/exchange', version: 1, index, source, session },
    ...(sentAt !== undefined && { sentAt }),
    ...(withheld !== undefined && { withheld }),
    ...(recordedStatus !== undefined && { recordedStatus }),
    request: { method, origin, path, headers, body },
    response,
  };
}

/** A complete response whose timing is not known. */
export function knownResponse(
  status: number,
  reason: string,
  headers: RawHeaders,
  body: Uint8Array,
): ExchangeResponse {
  return {
    ...{ status, reason, headers, body, size: body.length, ending: 'complete', chunks: [] },
    sha256: createHash('sha256').update(body).digest('hex'),
    headMs: 0,
    totalMs: 0,
  };
}

/** Names of cookies that say who the client is; others (analytics, themes) are no credentials. */
export const isSessionCookie = (name: string): boolean =>
  /sess|sid$|auth|token|jwt|login|remember|user/i.test(name.trim());

/** Counts reasons for what is left out. */
export function skips(): { add(reason: string): void; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  return { counts, add: (reason) => counts.set(reason, (counts.get(reason) ?? 0) + 1) };
}

/** `3 entries left out: reason` for each reason. */
export const skipWarnings = (name: string, counts: ReadonlyMap<string, number>): string[] =>
  [...counts].map(([reason, count]) => `${name}: ${count} left out: ${reason}.`);

/** A HAR begins so. Its lines may look like those of a log, its texts like any other document. */
export const startsHar = (head: string): boolean => /^\s*\{\s*"log"\s*:/.test(head);
