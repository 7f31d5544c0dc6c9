import { extname } from 'node:path';
import type { Context } from 'hono';
import { contentType as typeOf } from 'mime-types';
import { attachmentOf } from './attachment-of.ts';

/** `res.attachment`: the client saves the response under this name, whose extension sets the type. */
export function attachment(c: Context, name: string): void {
  c.header('Content-Type', typeOf(extname(name)) || 'application/octet-stream');
  c.header('Content-Disposition', attachmentOf(name));
}
