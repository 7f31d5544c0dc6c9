import type { Exchange, RawHeaders } from '../../model/exchange.ts';
import { HOP_BY_HOP } from '../hop-by-hop.ts';
import type { Outgoing } from './send.ts';

/** Belong to the recorded connection (RFC 9110 §7.6.1) or are computed anew for the body that is sent. */
const NOT_SENT = new Set<string>([...HOP_BY_HOP, 'content-length', 'expect']);

/** Safe by definition (RFC 9110 §9.2.1): may be sent without isolated state. */
export const isSafe = (method: string): boolean => /^(GET|HEAD|OPTIONS|TRACE)$/i.test(method);

/**
 * The recorded request as it is sent: headers in their case, order and number, without HTTP/2 pseudo-headers and what
 * belonged to the recorded connection. Host stays the recorded one on both sides, so that links built from it agree.
 */
export function prepare({ request }: Exchange): Outgoing {
  const headers: RawHeaders = request.headers.filter(
    ([name]) => !name.startsWith(':') && !NOT_SENT.has(name.toLowerCase()),
  );
  if (!headers.some(([name]) => name.toLowerCase() === 'host'))
    headers.unshift(['Host', new URL(request.origin).host]);
  return { method: request.method.toUpperCase(), path: request.path, headers, body: request.body };
}

/** Why a request cannot be replayed at all, in words; null when it can. */
export function unsendable({ request, response, withheld }: Exchange): string | null {
  if (withheld !== undefined) return withheld;
  const upgrade = request.headers.find(([name]) => name.toLowerCase() === 'upgrade');
  if (upgrade && !response?.transcript) return `protocol upgrade (${upgrade[1]}) is not replayed`;
  if (response?.transcript?.lost !== undefined)
    return `its messages are not all recorded: ${response.transcript.lost}`;
  if (/^(CONNECT|TRACE)$/i.test(request.method)) return `${request.method.toUpperCase()} is not replayed`;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(request.method)) return 'the method is no HTTP token';
  if (!request.path.startsWith('/') || /[\s\u0000-\u001f\u007f]/.test(request.path))
    return 'the path is no request target';
  return null;
}
