import { basename } from 'node:path';
// @ts-expect-error Express 5 has content-disposition 2 and Express 4 has 0.5: the types at hand are those of one of them
import { create } from 'content-disposition';

/** `attachment; filename="…"`, a name outside ASCII as RFC 5987 writes it. */
export const attachmentOf = (path: string): string => create(basename(path));
