import { basename, extname } from 'node:path';
import type { Context } from 'hono';
import { typeOfExtension, withCharset } from './express4/content-types.ts';
import { dispositionOf } from './express4/disposition.ts';

/** `res.attachment`: the client saves the response, under this name; the name's extension sets the type. */
export function attachment(c: Context, name?: string): void {
  if (name) c.header('Content-Type', withCharset(typeOfExtension(extname(basename(name)))));
  c.header('Content-Disposition', dispositionOf(name));
}
