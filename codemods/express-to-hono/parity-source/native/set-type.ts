import type { Context } from 'hono';
import { contentType as typeOf } from 'mime-types';

/** `res.type`: a content type, or the file extension of one. */
export const setType = (c: Context, type: string): void =>
  c.header('Content-Type', typeOf(type) || 'application/octet-stream');
