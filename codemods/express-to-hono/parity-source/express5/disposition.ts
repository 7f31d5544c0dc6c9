import { basename } from 'node:path';
// @ts-expect-error Express 5 has content-disposition 2 and Express 4 has 0.5: the types at hand are those of one of them
import { create } from 'content-disposition';

/** `attachment; filename="…"`, with the RFC 5987 form for names outside ASCII. */
export function dispositionOf(name: string | undefined): string {
  return create(name === undefined ? undefined : basename(name));
}
