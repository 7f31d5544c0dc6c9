/** A query: text by name, a list where a name is repeated. */
export function query(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = Object.create(Object.create(null));
  for (const [name, value] of new URLSearchParams(text)) {
    const known = found[name];
    found[name] = known === undefined ? value : [...[known].flat(), value];
  }
  return found;
}
