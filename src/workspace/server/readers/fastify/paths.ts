/**
 * A path of Fastify in the notation that Express and Hono share. Source: find-my-way's README: `:id`, `:id(^\\d+$)`,
 * `:hour(^\\d{2})h`, `::verb` for a colon, `*`.
 */
export function fastifyTemplate(written: string): string {
  let out = '';
  for (let at = 0; at < written.length; at++) {
    const char = written[at] ?? '';
    if (char === ':' && written[at + 1] === ':') {
      out += ':';
      at++;
    } else if (char === '(') {
      const end = closing(written, at);
      out += `(${written
        .slice(at + 1, end)
        .replace(/^\^/, '')
        .replace(/\$$/, '')})`;
      at = end;
    } else out += char;
  }
  return out;
}

/** The parenthesis that closes the one at an offset. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}
