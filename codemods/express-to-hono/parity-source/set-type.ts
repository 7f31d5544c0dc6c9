import type { Context } from 'hono';
import { typeOfExtension, withCharset } from './express4/content-types.ts';

/** `res.type`: a content type, or the file extension of one. */
export function setType(c: Context, type: string): void {
  c.header('Content-Type', withCharset(type.includes('/') ? type : typeOfExtension(type)));
}
