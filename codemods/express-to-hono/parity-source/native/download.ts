import { basename } from 'node:path';
import type { Context } from 'hono';
import { type FileOptions, sendFile } from './files.ts';

/** `res.download`: a file to save. */
export function download(
  c: Context,
  path: string,
  name: string = path,
  options: FileOptions = {},
): Promise<Response> {
  return sendFile(c, path, { ...options, name: basename(name) });
}
