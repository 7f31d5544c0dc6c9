import mime from 'mime-types';

/** `res.set('Content-Type', …)`: text and JSON get a charset. */
export function withCharset(type: string): string {
  return mime.contentType(type) || type;
}

/** `res.type('html')`: the content type of a file extension, without charset. */
export function typeOfExtension(extension: string): string {
  return mime.lookup(extension) || 'application/octet-stream';
}

/** The type of a `res.send(null)` stays as it was set. */
export const EMPTY_IS_TEXT: boolean = false;

/** What `res.send` sends as bytes. */
export function isBytes(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value);
}
