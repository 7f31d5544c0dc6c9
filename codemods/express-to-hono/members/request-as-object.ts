import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { assignsParts } from '../facts/assigned-parts.ts';
import { callsPlainReader, namesAsked } from '../facts/plain-readers.ts';
import { type Conversion, claim, handedTo, remark, replace, type Unit } from '../state/conversion.ts';

/** What `requestParts` has: see `parity-source/request-parts.ts`. */
const PARTS = /^(params|query|body|cookies|signedCookies|method|headers)$/;

/** `pick(req, names)`, `Object.assign(req, value)`: the request as an object of its parts. Returns false for any other use. */
export function convertAsObject(conversion: Conversion, unit: Unit, root: SyntaxNode): boolean {
  const { work, context: c } = unit;
  const { version, settings } = conversion;
  if (settings.query.length > 0 || unit.ofExpress !== null) return false;
  const assigns = assignsParts(work, root);
  if (assigns !== null) {
    const [request, value] = argumentsOf(assigns);
    if (request === undefined || value === undefined) return false;
    claim(conversion, root);
    const name = parityName(conversion, work, version === 5 ? 'assignButQuery' : 'assignParts');
    replace(conversion, work, range(assigns, assigns.start, request.end), [`${name}(${c}`], 'request/assign');
    return true;
  }
  const call = handedTo(work, root)?.call;
  // Express 5 has no query that is the request's own.
  if (version === 5 || call === undefined || argumentsOf(call)[0] !== root || !callsPlainReader(call))
    return false;
  const names = namesAsked(call);
  if (names?.every((name) => PARTS.test(name)) === false) return false;
  claim(conversion, root);
  replace(
    conversion,
    work,
    root,
    [`${parityName(conversion, work, 'requestParts')}(${c})`],
    'request/object',
  );
  if (names === null)
    remark(
      conversion,
      work,
      call,
      'request/object',
      'which parts of the request are read here is known only when it runs: params, query, body, cookies, headers and the method are there',
    );
  return true;
}
