import { createHash } from 'node:crypto';
import type { Exchange } from '../model/exchange.ts';

/** SHA-256 over what is sent in the requests, in their order. */
export function requestsDigest(exchanges: readonly Exchange[]): string {
  const hash = createHash('sha256');
  for (const { request } of exchanges) {
    const { method, path, headers, body } = request;
    hash.update(JSON.stringify([method, path, headers])).update(body ?? '');
  }
  return hash.digest('hex');
}
