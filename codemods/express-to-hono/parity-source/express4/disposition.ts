import contentDisposition from 'content-disposition';

/** `attachment; filename="…"`, with the RFC 5987 form for names outside Latin-1. */
export function dispositionOf(name: string | undefined): string {
  return contentDisposition(name);
}
