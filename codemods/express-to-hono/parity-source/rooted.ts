/** A path as Express reads it: one without a slash at its start is none that a request can have. */
export function rooted(path: string): string {
  return path === '' || path.startsWith('/') ? path : '/#';
}
