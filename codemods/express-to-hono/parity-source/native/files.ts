import { isAbsolute, join } from 'node:path';
import type { Context } from 'hono';
import { answerFile } from './answer-file.ts';
import { HIDDEN } from './express4/dot-files.ts';
import { httpError } from './http-error.ts';
import { lookUp } from './look-up.ts';

/** The folder it is in, how long it is kept (Cache-Control) and under which name (Content-Disposition). */
type FileOptions = { root?: string; cache?: string; disposition?: string };

/** A file; one that is not there is a 404 for the error handler. */
export async function sendFile(c: Context, path: string, options: FileOptions = {}): Promise<Response> {
  const { root = '', cache, disposition } = options;
  if ((root === '' && !isAbsolute(path)) || HIDDEN.test(path))
    throw httpError(path.includes('..') ? 403 : 404);
  const file = join(root, path);
  const found = lookUp(file);
  if (!found) {
    const none = new Error(`ENOENT: no such file or directory, stat '${file}'`);
    throw httpError(404, none, { errno: -2, code: 'ENOENT', syscall: 'stat', path: file });
  }
  if (!found.isFile()) return c.notFound();
  if (disposition !== undefined) c.header('Content-Disposition', disposition);
  return answerFile(c, file, found, cache);
}
