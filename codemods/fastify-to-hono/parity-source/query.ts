/** The query of a URL: text by name, a list where a name is repeated. */
export function query(url: string): Record<string, string | string[]> {
  const start = url.indexOf('?');
  const found: Record<string, string | string[]> = Object.create(null);
  if (start < 0) return found;
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    const known = found[name];
    found[name] = known === undefined ? value : [...[known].flat(), value];
  }
  return found;
}
