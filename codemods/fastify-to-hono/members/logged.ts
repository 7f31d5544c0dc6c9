import { child, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type FileWork, replace } from '../../shared/edit/work.ts';
import type { Conversion } from '../state.ts';
import { wrapped } from './handed.ts';

/** A request or reply that is a field of what is logged: `request.log.error({ req, res: reply, err })`. */
export function convertLogged(
  conversion: Conversion,
  work: FileWork,
  use: SyntaxNode,
  text: string,
): boolean {
  const outer = wrapped(work, use);
  const property = work.parents.get(outer);
  const object =
    property?.type === 'Property' && property.value === outer ? work.parents.get(property) : undefined;
  const call = object?.type === 'ObjectExpression' ? work.parents.get(object) : undefined;
  const callee = call?.type === 'CallExpression' ? child(call, 'callee') : null;
  const log = isMember(callee) ? child(callee, 'object') : null;
  if (property === undefined || log === null || !isMember(log) || memberName(log) !== 'log') return false;
  const key = String(child(property, 'key')?.name);
  if (property.shorthand === true) replace(conversion, work, property, [`${key}: ${text}`], 'log');
  else replace(conversion, work, outer, [text], 'log');
  return true;
}
