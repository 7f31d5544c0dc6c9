import { argumentsOf, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { convertFunction } from '../body/function.ts';
import { givenIn, type Registration } from '../facts/registrations.ts';
import { type Conversion, refuse, want } from '../state/conversion.ts';
import { freshName } from './router-use.ts';
import type { RouterFacts } from './routers.ts';

const PORTS = { context: 1, next: 2 };

/** `router.param('id', …)`: stands before the handlers of each route whose path has the parameter. */
export function routerParam(
  cv: Conversion,
  each: Registration,
  facts: RouterFacts,
  earlier: readonly Registration[],
) {
  const work = cv.editing.workOf(each.file);
  const [first, fn] = argumentsOf(each.node);
  const name = literalText(first);
  const statement = work.parents.get(each.node);
  const given = fn === undefined ? null : givenIn(cv.flow, fn);
  if (
    name === null ||
    fn === undefined ||
    given?.is !== 'functions' ||
    statement?.type !== 'ExpressionStatement'
  )
    return refuse(
      cv,
      each.file,
      each.node,
      'routing/param',
      'a `param` that is not a name and a function, by themselves',
    );
  if (earlier.some(({ file }) => file !== each.file))
    return refuse(
      cv,
      each.file,
      each.node,
      'routing/param',
      'routes that it stands before are registered in another file',
    );
  for (const one of given.functions) convertFunction(cv, one.file, one.node, PORTS, 'handler');
  const kept = given.functions.some(({ node }) => cv.kept.has(node));
  for (const { node } of given.functions)
    if (kept) cv.stay.set(node, 'it stands where one that stays may stand');
  const isName = /^[\w$.]+$/.test(work.file.text.slice(fn.start, fn.end));
  if (!isName && earlier.length > 0)
    return refuse(
      cv,
      each.file,
      each.node,
      'routing/param',
      'routes that it stands before are registered before it',
    );
  const text = isName
    ? work.file.text.slice(fn.start, fn.end)
    : freshName(work, `${name.replace(/\W/g, '')}Param`);
  if (isName) deleteStatement(cv.editing, work, statement, 'routing/param');
  else
    work.draft.replace(statement, [`const ${text} = `, spanOf(fn), work.layout.semicolon], 'routing/param');
  const quoted = work.layout.string(name);
  const local = want(cv, work, 'support', kept ? 'inKoa' : 'param');
  const call = kept
    ? `${local}((ctx, next) => ${text}(ctx.params[${quoted}], ctx, next))`
    : `${local}(${quoted}, ${text})`;
  facts.params.push({ name, text: call });
}
