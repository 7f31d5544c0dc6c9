const MUTATION = String.raw`\.(?:set|add|delete|clear|push|pop|shift|unshift|splice)\(|\[[^\]\n]+\]\s*=(?!=)`;
const VARIABLE = /^(?:export\s+)?(?:let|var)\s+([A-Za-z_$][\w$]*)/gm;
const COLLECTION =
  /^(?:export\s+)?const\s+([A-Za-z_$][\w$]*)[^=\n]*=\s*(?:new\s+\w*(?:Map|Set|Cache|LRU|Queue)\w*\b|\[|\{)/gm;
const FIELD = new RegExp(String.raw`\bthis\.(#?[A-Za-z_$][\w$]*)(?:${MUTATION})`, 'g');

/**
 * Variables at a module's left margin, and fields, that the text shows being changed: what the tree-based reading
 * finds, without a tree. For files too many to parse closely; what closures keep is not seen.
 */
export function stateInText(text: string): string[] {
  const found = new Set<string>();
  for (const [, name = ''] of text.matchAll(VARIABLE)) {
    const quoted = quote(name);
    const assigned = new RegExp(
      String.raw`(?<![\w$.])${quoted}\s*(?:[+\-*/|&?]{0,2}=(?!=)|\+\+|--)|(?:\+\+|--)${quoted}(?![\w$])`,
      'g',
    );
    const declared = new RegExp(String.raw`(?:let|var)\s+${quoted}[^=;\n]*=`).test(text) ? 1 : 0;
    // What the declaration assigns is the first value; anything beyond is a change.
    if ((text.match(assigned)?.length ?? 0) > declared) found.add(name);
  }
  for (const [, name = ''] of text.matchAll(COLLECTION)) {
    if (new RegExp(String.raw`(?<![\w$.])${quote(name)}(?:${MUTATION})`).test(text)) found.add(name);
  }
  for (const [, name] of text.matchAll(FIELD)) found.add(`this.${name}`);
  return [...found];
}

const quote = (name: string): string => name.replaceAll('$', '\\$');
