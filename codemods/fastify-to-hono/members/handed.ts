import { argumentsOf, child, isTransparent } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { type FileWork, replace, textOf } from '../../shared/edit/work.ts';
import { type Conversion, problem, type Unit } from '../state.ts';

const RULE = 'request';

/** The outermost `(request as any)` around a name. */
export function wrapped(work: FileWork, node: SyntaxNode): SyntaxNode {
  let at = node;
  for (let up = work.parents.get(at); up !== undefined && isTransparent(up); up = work.parents.get(at))
    at = up;
  return at;
}

/** A request or reply that is handed to one of the application's own functions. */
export function convertArgument(
  conversion: Conversion,
  work: FileWork,
  _unit: Unit,
  call: SyntaxNode,
  argument: SyntaxNode,
  c: string,
) {
  const args = argumentsOf(call);
  const index = args.indexOf(argument);
  const callee = child(call, 'callee');
  const values = callee === null ? [] : conversion.flow.valuesOf(callee);
  const units = values.map((value) =>
    value.kind === 'function' ? conversion.units.get(value.node) : undefined,
  );
  const isKnown =
    units.length > 0 && units.every((each) => each !== undefined && each.parameters[index] != null);
  if (!isKnown)
    return problem(
      conversion,
      work.file,
      argument,
      'handed-on',
      `\`${textOf(work, argument)}\` is handed to code that is not the application’s, or not followed`,
    );
  const given = units[0]?.parameters ?? [];
  const first = given.findIndex((each) => each === 'request' || each === 'reply');
  const isSame = units.every((each) => each?.parameters.join() === given.join());
  if (!isSame)
    return problem(
      conversion,
      work.file,
      argument,
      'handed-on',
      'the functions it may be take different things',
    );
  if (index === first) return replace(conversion, work, argument, [c], RULE);
  const before = args[index - 1];
  replace(conversion, work, range(argument, before?.end ?? argument.start, argument.end), [''], RULE);
}
