import { functionsIn } from '../../../../src/workspace/express/registrations.ts';
import { child, memberName } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';

/** Whether a body tells the status that its own chain has set before it; `req.fresh` goes by the status too. */
export const readsStatus = (conversion: Conversion, body: SyntaxNode): boolean =>
  findAll(body, 'MemberExpression').some((member) => {
    const object = child(member, 'object');
    const role = object === null ? undefined : conversion.roles.get(object)?.role;
    const name = memberName(member) ?? '';
    return role === 'res' ? name === 'statusCode' : role === 'req' && /^(fresh|stale)$/.test(name);
  });

/** Express answers 304 to a GET or HEAD whose client has the answer already, even an empty one of `res.send()`. */
export function mayBeFresh(conversion: Conversion, { fn }: Unit, status: number | null): boolean {
  if (conversion.idiomatic !== null || (status !== null && (status < 200 || status > 299))) return false;
  const own = conversion.program.registrations.filter(({ handlers }) =>
    handlers.some((argument) => functionsIn(argument).includes(fn)),
  );
  return own.length === 0 || own.some(({ method }) => !/^(post|put|patch|delete|options)$/.test(method));
}

/** An error handler answers after a handler that may have set a type, which `res.json` would keep. */
export function mayHaveType(conversion: Conversion, unit: Unit): boolean {
  if (unit.fn.kind !== 'error-handler') return false;
  const files = conversion.program.registrations.some(({ handlers }) =>
    handlers.some((argument) => argument.kind === 'package' && argument.member === 'static'),
  );
  return files || [...conversion.units.values()].some((each) => each.setsType);
}
