import mime from 'mime-types';

/** `res.set('Content-Type', …)`: text and JSON get a charset. */
export function withCharset(type: string): string {
  return mime.contentType(type) || type;
}

/** `res.type('html')`: the content type of a file extension, without charset. */
export function typeOfExtension(extension: string): string {
  return mime.lookup(extension) || 'application/octet-stream';
}

/** `res.send(null)` leaves the type as it was set, and a number is JSON. */
export const IS_LOOSE: boolean = false;

/** What `res.send` sends as bytes. */
export function isBytes(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value);
}
