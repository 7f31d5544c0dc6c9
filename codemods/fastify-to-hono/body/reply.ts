import { child, isCall, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { replace, spanOf } from '../../shared/edit/work.ts';
import { convertArgument, wrapped } from '../members/handed.ts';
import { convertLogged } from '../members/logged.ts';
import { requestMember } from '../members/named.ts';
import { writeFunction } from '../members/request.ts';
import { ask, isLent, packageFunction } from '../packages/use.ts';
import { problem } from '../state.ts';
import { statusPart } from './answers.ts';
import type { Frame } from './frame.ts';

/** Rewrites one use of a reply that is no chain of calls by itself. */
export function convertReply({ conversion, work, unit, c }: Frame, use: SyntaxNode) {
  const outer = wrapped(work, use);
  const parent = work.parents.get(outer);
  if (isCall(parent) && parent.callee !== outer)
    return convertArgument(conversion, work, unit, parent, outer, c);
  if (convertLogged(conversion, work, use, `{ statusCode: ${c}.body(null).status }`)) return;
  if (!isMember(parent) || parent.object !== outer)
    return problem(
      conversion,
      work.file,
      use,
      'reply/kept',
      'the reply is kept or handed on in a way that is not followed',
    );
  const name = memberName(parent) ?? '';
  const around = work.parents.get(parent);
  if (name === 'log') return replace(conversion, work, parent, [`${c}.get('log')`], 'reply');
  if (name === 'request' && isMember(around)) {
    const text = requestMember(conversion, work, memberName(around) ?? '', c);
    if (text !== null) return replace(conversion, work, around, [text], 'reply');
  }
  if (name === 'elapsedTime')
    return replace(conversion, work, parent, [`(performance.now() - ${c}.get('started'))`], 'reply');
  if (name === 'server') return replace(conversion, work, parent, [`${c}.get('route').app`], 'reply');
  if (isLent(conversion, 'reply', name)) {
    const own = ask(conversion, work, 'parity/in-hono', 'replyOf');
    return replace(conversion, work, parent, [`${own}(${c}).${name}`], 'reply');
  }
  const isAfter = unit.roles.has('after') || unit.roles.has('sending');
  if (name === 'statusCode') {
    const value = around === undefined ? null : child(around, 'right');
    if (
      around?.type === 'AssignmentExpression' &&
      around.left === parent &&
      around.operator === '=' &&
      value !== null
    )
      return replace(
        conversion,
        work,
        around,
        [`${c}.status(`, ...statusPart(conversion, work, value), ')'],
        'reply',
      );
    return replace(
      conversion,
      work,
      parent,
      [isAfter ? `${c}.res.status` : `${c}.body(null).status`],
      'reply',
    );
  }
  if (name === 'getHeader' && isCall(around) && isAfter) {
    const [header] = around.arguments as SyntaxNode[];
    if (header !== undefined)
      return replace(
        conversion,
        work,
        around,
        [`(${c}.res.headers.get(`, spanOf(header), ') ?? undefined)'],
        'reply',
      );
  }
  const fn = isCall(around) && around.callee === parent ? packageFunction(conversion, work, name) : null;
  if (fn !== null && around !== undefined) return writeFunction(conversion, work, around, fn, c);
  problem(
    conversion,
    work.file,
    parent,
    'reply/member',
    `\`reply.${name}\` stands where it has no counterpart`,
  );
}
