import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, children, literalText } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion } from '../state/conversion.ts';
import { bytesIn, writtenOptions } from '../state/written-options.ts';

/** Whether an argument is one of Express's body parsers. */
export const isParser = ({ package: name, member }: PackageArgument): boolean =>
  /^(express|body-parser)$/.test(name) && /^(json|urlencoded|text|raw)$/.test(member);

/** `image/*` and `text/csv` as the beginning of a Content-Type; null for a type that is written otherwise. */
function patternOf(type: string | null): string | null {
  const [, family, own] = /^([\w.+-]+)\/([\w.+-]+|\*)$/.exec(type ?? '') ?? [];
  if (family === undefined || own === undefined) return null;
  const literal = (text: string) => text.toLowerCase().replace(/[.+]/g, '\\$&');
  return `${literal(family)}\\/${own === '*' ? '' : `${literal(own)} *(;|$)`}`;
}

/** The small parser that does the same and its options, as they are written; null where the options ask for more. */
export function smallParser(
  conversion: Conversion,
  { call, member }: PackageArgument,
): { name: string; options: string[] } | null {
  const [given, ...more] = call === null ? [] : argumentsOf(call.node);
  const options = writtenOptions(given);
  if (call === null || options === null || more.length > 0) return null;
  let isNested = conversion.bodyRules === 4;
  const written: string[] = [];
  for (const [key, value] of options) {
    if (key === 'limit') {
      const bytes = bytesIn(conversion.workOf(call.file), value);
      if (bytes === null) return null;
      written.push(`limit: ${bytes}`);
    } else if (key === 'type') {
      const types = typesOf(value).map(patternOf);
      if (types.includes(null)) return null;
      written.push(`type: /^${types.length === 1 ? types[0] : `(?:${types.join('|')})`}/`);
    } else if (key === 'extended' && member === 'urlencoded' && typeof value.value === 'boolean') {
      isNested = value.value;
    } else return null;
  }
  const names = {
    json: 'jsonBody',
    urlencoded: isNested ? 'nestedFormBody' : 'formBody',
    text: 'textBody',
    raw: 'rawBody',
  };
  const name = names[member as keyof typeof names];
  return name === undefined ? null : { name, options: written };
}

const typesOf = (value: SyntaxNode): (string | null)[] =>
  value.type === 'ArrayExpression' ? children(value, 'elements').map(literalText) : [literalText(value)];
