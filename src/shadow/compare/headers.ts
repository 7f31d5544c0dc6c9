import { headerValue, type OwnStrings, type View } from '../answer.ts';
import { type Found, found } from './found.ts';
import { isSingleLine } from './single-line.ts';

/** Headers by value, presence, order and case. Cookies are compared on their own, by attribute. */
export function compareHeaders(old: View, next: View, own: { old?: OwnStrings; new?: OwnStrings }): Found[] {
  const out: Found[] = [];
  for (const name of new Set([...old.headers.keys(), ...next.headers.keys()])) {
    if (name === 'set-cookie') continue;
    const before = headerValue(old, name, own.old);
    const after = headerValue(next, name, own.new);
    const lines = (of: View) => of.headers.get(name)?.join('\n') ?? '';
    const count = (of: View) => of.headers.get(name)?.length ?? 0;
    if (isSingleLine(name) && before !== null && after !== null && count(old) !== count(next)) {
      out.push(found('header-value', `header:${name}`, lines(old), lines(next)));
      continue;
    }
    if (before === after) {
      if (count(old) !== count(next))
        out.push(found('header-value', `header:${name}`, lines(old), lines(next)));
      continue;
    }
    if (name === 'location') {
      out.push(found('redirect', 'header:location', before, after));
    } else if (before === null) {
      out.push(found('header-added', `header:${name}`, null, after));
    } else if (after === null) {
      out.push(found('header-missing', `header:${name}`, before, null));
    } else {
      out.push(found('header-value', `header:${name}`, before, after));
    }
  }
  out.push(...compareCase(old, next), ...compareOrder(old, next));
  return out;
}

function compareCase(old: View, next: View): Found[] {
  const spelled = (of: View) => new Map(of.response.headers.map(([name]) => [name.toLowerCase(), name]));
  const after = spelled(next);
  const out: Found[] = [];
  for (const [key, name] of spelled(old)) {
    const other = after.get(key);
    if (other !== undefined && other !== name) out.push(found('header-case', `header:${key}`, name, other));
  }
  return out;
}

function compareOrder(old: View, next: View): Found[] {
  const common = (of: View, other: View) =>
    [...of.headers.keys()].filter((name) => other.headers.has(name)).join(', ');
  const before = common(old, next);
  const after = common(next, old);
  return before === after ? [] : [found('header-order', 'headers', before, after)];
}
