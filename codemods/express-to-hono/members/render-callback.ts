import { argumentsOf, calleeOf, child, isFunction, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { type Conversion, claim, replace, type Unit } from '../state/conversion.ts';

/** `res.render(view, options, callback)`: the callback answers, not the view. */
export function convertRenderCall(conversion: Conversion, unit: Unit, node: SyntaxNode): boolean {
  const { work, context: c } = unit;
  const root = renderRoot(conversion, node);
  const [view, options, ...more] = argumentsOf(node);
  if (root === null || view === undefined || options === undefined || conversion.worlds !== null)
    return false;
  claim(conversion, root);
  const head = `${parityName(conversion, work, 'renderWith')}(${c}, `;
  const between = more.length === 0 ? ', {}, ' : ', ';
  replace(conversion, work, range(node, node.start, view.start), [head], 'response/render');
  replace(conversion, work, range(node, view.end, options.start), [between], 'response/render');
  return true;
}

/** The `res` of `res.render(view, callback)` or `res.render(view, options, callback)`, else null. */
function renderRoot(conversion: Conversion, node: SyntaxNode): SyntaxNode | null {
  const callee = calleeOf(node);
  const object = memberName(callee) === 'render' && callee !== null ? child(callee, 'object') : null;
  const args = argumentsOf(node);
  if (object === null || conversion.roles.get(object)?.role !== 'res') return null;
  return (args.length === 2 || args.length === 3) && isFunction(args.at(-1)) ? object : null;
}

/** Whether a call is `res.render` with a function at the end, which answers in its place. */
export const isRenderCallback = (conversion: Conversion, node: SyntaxNode): boolean =>
  renderRoot(conversion, node) !== null;
