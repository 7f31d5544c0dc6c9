import {
  argumentsOf,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { callsOf, type ResponseCall } from './response-calls.ts';

/**
 * Whether an ETag saves some client of the application anything: a GET is answered with a body that is at hand, is not
 * the same small one each time, and may be stored.
 */
export function savesAnything(conversion: Conversion): boolean {
  const { routes } = conversion.program;
  const hasGet = routes.length === 0 || routes.some(({ method }) => /^(get|head|all)$/i.test(method));
  if (!hasGet) return false;
  const unstored = new Set(
    callsOf(conversion, /^(set|header|setHeader)$/)
      .filter(isNoStore)
      .map(({ unit }) => unit),
  );
  return callsOf(conversion, /^(json|jsonp|send|render|format)$/).some(
    (call) =>
      !unstored.has(call.unit) && mayAnswerGet(call.unit) && isSuccess(call) && !isSmallConstant(call),
  );
}

/** A handler of other methods alone, and an error handler, answer what no client asks about again. */
const mayAnswerGet = ({ fn }: Unit): boolean =>
  fn.kind !== 'error-handler' &&
  (fn.uses.length === 0 ||
    !fn.uses.every(
      (use) => use.kind === 'registered' && /^(post|put|patch|delete)$/.test(use.registration.method),
    ));

/** Without a status of its own, or with one of success: no other answer has a tag. */
const isSuccess = ({ chain }: ResponseCall): boolean =>
  chain.every(({ name, call }) => {
    const code = name === 'status' && call !== null ? argumentsOf(call)[0]?.value : null;
    return typeof code !== 'number' || (code >= 200 && code < 300);
  });

const isNoStore = ({ args: [header, value] }: ResponseCall): boolean =>
  literalText(header)?.toLowerCase() === 'cache-control' && /\bno-store\b/.test(literalText(value) ?? '');

/** Characters up to which the headers of a 304 are no shorter than the answer. */
const SMALL = 200;

function isSmallConstant({ name, args: [body] }: ResponseCall): boolean {
  if (!/^(json|send)$/.test(name)) return false;
  return body === undefined || (body.end - body.start <= SMALL && isWrittenOut(body));
}

/** Text, numbers, and lists and objects of them. */
function isWrittenOut(node: SyntaxNode): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return typeof inner.value !== 'object' || inner.value === null;
  if (inner.type === 'TemplateLiteral') return children(inner, 'expressions').length === 0;
  if (inner.type === 'ArrayExpression') return children(inner, 'elements').every(isWrittenOut);
  if (inner.type !== 'ObjectExpression') return false;
  return children(inner, 'properties').every((each) => {
    const value = propertyKeyName(each) === null ? null : (each.value as SyntaxNode | undefined);
    return each.type === 'Property' && value !== null && value !== undefined && isWrittenOut(value);
  });
}
