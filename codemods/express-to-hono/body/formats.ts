import {
  argumentsOf,
  children,
  isFunction,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { responseLinks } from '../members/response.ts';
import { isNative } from '../native/decide.ts';
import { type Conversion, claim, refuse, spanOf } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { Form } from './form.ts';
import { type Frame, hasOpenPath } from './frame.ts';

/** `res.format({ html: () => res.send(page), json: () => res.json(data) })`: each function answers in its form. */
export function readFormat(conversion: Conversion, frame: Frame, expression: SyntaxNode): Form | null {
  const { unit } = frame;
  const chain = responseLinks(conversion, expression);
  const [root, link, ...more] = chain?.links ?? [];
  if (root === undefined || link?.name !== 'format' || link.call === null || more.length > 0) return null;
  const [given, ...rest] = argumentsOf(link.call);
  const object = given === undefined ? null : unwrap(given);
  if (object?.type !== 'ObjectExpression' || rest.length > 0 || frame.settle !== null) return null;
  const functions = children(object, 'properties').map((property) =>
    property.type === 'Property' && property.computed !== true ? unwrap(property.value as SyntaxNode) : null,
  );
  if (!functions.every((fn) => isFunction(fn) && parametersOf(fn).length === 0)) return null;
  for (const fn of functions) {
    if (fn === null) continue;
    const inner: Frame = { ...frame, fn, guarded: false, open: [], awaits: false };
    if (hasOpenPath(frame.reading.body(conversion, inner), inner)) {
      const reason = 'no answer on the path that ends here: the request would hang as it does today';
      refuse(conversion, unit.work, inner.open[0] ?? fn, 'response/format', reason, unit);
    }
  }
  claim(conversion, root.node);
  const name = parityName(conversion, unit.work, 'format');
  if (isNative(conversion, 'format')) leaveOut(conversion, unit.work, expression, 'header-lines', 'vary');
  const value = [`${name}(${unit.context}, `, spanOf(object), ')'];
  return { kind: 'respond', before: [], value, rule: 'response/format' };
}
