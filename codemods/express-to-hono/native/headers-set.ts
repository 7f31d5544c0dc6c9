import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import {
  child,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion } from '../state/conversion.ts';
import { isParser } from './parsers.ts';
import { callsOf } from './response-calls.ts';

/** Middleware that sets no tag, date or Cache-Control. What `express.static` sends never comes by `c.body`. */
const SILENT =
  /^(express|body-parser|compression|connect-flash|cookie-parser|cookie-session|cors|csurf|express-session|helmet|method-override|morgan|multer|passport|response-time)$/;

/** Whether no middleware of a package, and nothing that stays as it is, sets what nobody knows. */
export const areSilent = ({ program }: Conversion): boolean =>
  program.inPlace.length === 0 &&
  packagesOf(program).every((each) => isParser(each) || SILENT.test(each.package));

/** What is written for a value that is known only when it runs. */
const UNKNOWN = '?';

/**
 * The headers that the application sets, in lower case, with what is written for their values (`?` where that is known only
 * when it runs); null where it may set any.
 */
export function headersSet(conversion: Conversion): ReadonlyMap<string, string> | null {
  if (!areSilent(conversion) || conversion.idiomatic?.whole.has('files')) return null;
  const found = new Map<string, string>();
  const note = (name: string, value: SyntaxNode | null | undefined) => {
    const text = value == null ? UNKNOWN : (literalText(value) ?? UNKNOWN);
    found.set(name.toLowerCase(), `${found.get(name.toLowerCase()) ?? ''} ${text}`);
  };
  for (const { name, args } of callsOf(conversion, /^(set|header|setHeader|append|writeHead|setHeaders)$/)) {
    const [first, second] = name === 'writeHead' ? args.slice(1) : args;
    const literal = literalText(first);
    if (first === undefined && name === 'writeHead') continue;
    if (literal !== null) note(literal, second);
    else if (!noteAll(first, note)) return null;
  }
  return found;
}

/** Notes each of some headers that are written out. Returns whether they are. */
function noteAll(
  given: SyntaxNode | undefined,
  note: (name: string, value: SyntaxNode | null) => void,
): boolean {
  const object = given === undefined ? null : unwrap(given);
  if (object?.type !== 'ObjectExpression') return false;
  return children(object, 'properties').every((each) => {
    const name = propertyKeyName(each);
    if (name !== null) note(name, child(each, 'value'));
    return name !== null;
  });
}
