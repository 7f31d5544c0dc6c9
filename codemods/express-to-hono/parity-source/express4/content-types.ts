import { Buffer } from 'node:buffer';
import mime from 'mime';

/** `res.set('Content-Type', …)`: text and JSON get a charset. */
export function withCharset(type: string): string {
  if (/;\s*charset\s*=/.test(type)) return type;
  const charset = mime.charsets.lookup(type.split(';')[0] ?? '', '');
  return charset ? `${type}; charset=${charset.toLowerCase()}` : type;
}

/** `res.type('html')`: the content type of a file extension, without charset. */
export function typeOfExtension(extension: string): string {
  return mime.lookup(extension);
}

/** `res.send(null)` sends a text, whose type says that it is UTF-8, and a number is a status. */
export const IS_LOOSE: boolean = true;

/** What `res.send` sends as bytes; other views are objects to it. */
export function isBytes(value: unknown): value is ArrayBufferView {
  return value instanceof Buffer;
}
