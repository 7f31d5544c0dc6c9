import { isAbsolute, join } from 'node:path';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { needs } from '../needs.ts';
import { answerFile } from './answer-file.ts';
import { HIDDEN } from './express4/dot-files.ts';
import { httpError } from './http-error.ts';
import { lookUp } from './look-up.ts';

/** The folder it is in, how long it is kept (Cache-Control) and under which name (Content-Disposition). */
type FileOptions = { root?: string; cache?: string; disposition?: string };

/** A file; one that is not there is a 404 for the error handler. */
export async function sendFile(c: Context, path: string, options: FileOptions = {}): Promise<Response> {
  const { root = '', cache = 'public, max-age=0', disposition } = options;
  const [status, text] = path.includes('..') ? [403 as const, 'Forbidden'] : [404 as const, 'Not Found'];
  if (HIDDEN.test(path) || (root === '' && !isAbsolute(path)))
    throw needs.errorHandler ? httpError(status, text) : new HTTPException(status, { message: text });
  const file = join(root, path);
  const found = lookUp(file);
  if (!found) {
    if (!needs.errorHandler) throw new HTTPException(404, { message: 'Not Found' });
    else {
      const none = new Error(`ENOENT: no such file or directory, stat '${file}'`);
      const details = { errno: -2, code: 'ENOENT', syscall: 'stat', path: file };
      throw httpError(404, none, (needs.fileErrors && details) as object);
    }
  }
  if (!found.isFile()) return c.notFound();
  if (disposition !== undefined) c.header('Content-Disposition', disposition);
  return answerFile(c, file, found, cache);
}
