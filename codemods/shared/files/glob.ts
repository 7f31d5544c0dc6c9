/** Whether a text is a pattern with `*`, `**`, `?` or `{a,b}`. */
export const isPattern = (spec: string): boolean => /[*?{[]/.test(spec);

/** A pattern as a regular expression over whole paths; null where it has more than that. */
export function matcher(pattern: string): RegExp | null {
  if (/[[\]!()+@]/.test(pattern)) return null;
  let [source, depth] = ['', 0];
  for (let at = 0; at < pattern.length; at += 1) {
    const rest = pattern.slice(at);
    const char = pattern[at] ?? '';
    if (rest.startsWith('**/')) {
      source += '(?:[^/]+/)*';
      at += 2;
    } else if (rest.startsWith('**')) {
      source += '.*';
      at += 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '{') {
      source += '(?:';
      depth += 1;
    } else if (char === '}' && depth > 0) {
      source += ')';
      depth -= 1;
    } else if (char === ',' && depth > 0) source += '|';
    else source += char.replace(/[.\\^$|]/g, '\\$&');
  }
  return depth === 0 ? new RegExp(`^${source}$`) : null;
}
