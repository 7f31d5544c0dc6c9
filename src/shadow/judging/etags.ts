import { createHash } from 'node:crypto';
import type { View } from '../answer.ts';

/** Whether a side made the ETag of this very body; null where there is no body to tell by. */
export const isMadeOfBody = (view: View | null, etag: string): boolean | null =>
  view?.decoded && view.decoded.length > 0 ? etag.replace(/^W\//, '') === etagOf(view.decoded) : null;

/** Size and modification time in hex, as `send` writes them. */
export const MTIME_ETAG = /^((?:W\/)?"[0-9a-f]+)-([0-9a-f]{10,12})"$/;

/** The ETag that Express and the package `etag` make of a body: its length and SHA-1. */
export function etagOf(body: Uint8Array): string {
  const hash = createHash('sha1').update(body).digest('base64').slice(0, 27);
  return `"${body.length.toString(16)}-${hash}"`;
}
