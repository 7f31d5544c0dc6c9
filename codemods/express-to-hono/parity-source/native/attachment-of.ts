import { basename } from 'node:path';

/** `attachment; filename="…"`, a name outside ASCII as RFC 5987 writes it. */
export function attachmentOf(path: string): string {
  const name = basename(path);
  const plain = name.replace(/[^ -~]/g, '?').replace(/["\\]/g, '\\$&');
  const exact = encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"${/^[ -~]*$/.test(name) ? '' : `; filename*=UTF-8''${exact}`}`;
}
