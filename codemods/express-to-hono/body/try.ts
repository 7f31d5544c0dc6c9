import { scopesWithin } from '../../../src/workspace/syntax/bindings.ts';
import { argumentsOf, child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { range } from '../../shared/edit/draft.ts';
import { unwrapBlock } from '../../shared/edit/emit.ts';
import { forwardsOnly, nextCall } from '../facts/answers/shapes.ts';
import { type Conversion, type FileWork, replace } from '../state/conversion.ts';
import type { Flow, Frame } from './frame.ts';
import { unreadable } from './unreadable.ts';

/** `try { … } catch (err) { next(err); }`: what is thrown reaches `onError` by itself, so the `try` can go. */
export function convertTry(conversion: Conversion, frame: Frame, node: SyntaxNode, tail: boolean): Flow {
  const { unit } = frame;
  const { work } = unit;
  const block = child(node, 'block');
  const handler = child(node, 'handler');
  const finalizer = child(node, 'finalizer');
  if (block === null || (finalizer !== null && unit.answering.has(finalizer))) {
    return unreadable(conversion, frame, finalizer ?? node);
  }
  const handlerBody = handler === null ? null : child(handler, 'body');
  const statements = children(block, 'body');
  const forwards =
    frame.settle === null &&
    handler !== null &&
    forwardsOnly(conversion, work, child(handler, 'param'), handlerBody);
  if (!forwards || handler === null) {
    const own = handlerBody !== null;
    const first = frame.reading.list(
      conversion,
      { ...frame, guarded: frame.guarded || own, awaits: false },
      statements,
      tail,
    );
    if (statements.some((statement) => goesOn(conversion, statement))) frame.awaits = true;
    const caught = handlerBody === null ? null : children(handlerBody, 'body');
    // Of an empty block nothing says where its path ends.
    if (caught?.length === 0 && tail) frame.open.push(node);
    const second =
      caught === null
        ? { falls: false, answers: false }
        : frame.reading.list(conversion, frame, caught, tail && caught.length > 0);
    return { falls: first.falls || second.falls, answers: first.answers || second.answers };
  }
  if (finalizer !== null) {
    const start = work.file.text.slice(0, handler.start).trimEnd().length;
    replace(conversion, work, range(handler, start, handler.end), [''], 'errors/forwarding-catch');
  } else if (clashes(work, node, block)) {
    const only = children(handlerBody ?? block, 'body')[0];
    const name = child(handler, 'param');
    if (only !== undefined && name !== null) {
      replace(
        conversion,
        work,
        only,
        [`throw ${work.file.text.slice(name.start, name.end)};`],
        'errors/forwarding-catch',
      );
    }
  } else {
    unwrapBlock(conversion, work, node, block, 'errors/forwarding-catch');
  }
  return frame.reading.list(conversion, frame, statements, tail);
}

/** Whether `next()` is called in a statement. */
const goesOn = (conversion: Conversion, statement: SyntaxNode): boolean =>
  findAll(statement, 'CallExpression').some(
    (call) => nextCall(conversion, call) !== null && argumentsOf(call).length === 0,
  );

/** Whether a name declared in the block is in use around it. */
function clashes(work: FileWork, node: SyntaxNode, block: SyntaxNode): boolean {
  const inner = work.bindings.scopeOf(block);
  if (inner.node !== block) return false;
  const parent = work.parents.get(node);
  const outer = inner.parent;
  if (outer === null || parent === undefined) return true;
  const inside = new Set(scopesWithin(inner));
  const names = new Set(inner.bindings.keys());
  for (let around = outer; ; ) {
    for (const name of around.bindings.keys()) if (names.has(name)) return true;
    if (around.kind === 'function' || around.kind === 'parameters' || around.parent === null) break;
    around = around.parent;
  }
  if (
    outer.parent?.kind === 'parameters' &&
    [...outer.parent.bindings.keys()].some((name) => names.has(name))
  )
    return true;
  for (const scope of scopesWithin(outer)) {
    if (inside.has(scope)) continue;
    if (scope.references.some((reference) => names.has(String(reference.node.name)))) return true;
  }
  return false;
}
