/** `attachment; filename="…"`, a name outside ASCII as RFC 5987 writes it. */
export function attachmentOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '?');
  const text = `attachment; filename="${plain.replace(/["\\]/g, '\\$&')}"`;
  const escaped = encodeURIComponent(name).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  );
  return plain === name ? text : `${text}; filename*=UTF-8''${escaped}`;
}
