import { at } from '../../../src/model/at.ts';
import type { HandlerArgument, Place, Registration } from '../../../src/workspace/express/program.ts';
import { packagesIn } from '../../../src/workspace/express/registrations.ts';
import { children, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { bridgeAsItIs } from '../bridge/bridged-packages.ts';
import { convertPackage } from '../bridge/replaced-packages.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf, textOf } from '../state/conversion.ts';
import { pathText, starPath } from './paths.ts';

export function convertHandlers(conversion: Conversion, registration: Registration) {
  const { handlers, rows = [], turns = [] } = registration;
  // An argument that is a column of a table stands for one row's; the others have lists of their own.
  const columns = [...rows, ...turns].flatMap((row) => row.handlers);
  const others = columns.flatMap((each) => (each.kind === 'array' ? each.items : []));
  const all = new Map([...handlers, ...others].map((each) => [each.node, each]));
  for (const argument of all.values()) convertHandler(conversion, argument);
}

function convertHandler(conversion: Conversion, argument: HandlerArgument) {
  const work = conversion.workOf(argument.file);
  switch (argument.kind) {
    case 'unknown':
      refuse(
        conversion,
        work,
        argument.node,
        'routing/handler',
        `what handles this is not known: ${argument.reason}`,
      );
      return;
    case 'package':
      convertPackage(conversion, argument);
      return;
    case 'factory':
      for (const each of argument.packages ?? []) convertPackage(conversion, each);
      return;
    case 'as-is':
      bridgeAsItIs(conversion, argument);
      return;
    case 'array': {
      if (argument.otherUse !== null && packagesIn(argument).length > 0)
        return refuseShared(conversion, argument, argument.otherUse);
      for (const item of argument.items) convertHandler(conversion, item);
      // The list of a column is met with each row.
      if (argument.node.type === 'SpreadElement' || conversion.claimed.has(argument.node)) return;
      conversion.claimed.add(argument.node);
      const array = unwrap(argument.node);
      const elements = children(array, 'elements');
      const [first, last] = [elements[0], elements.at(-1)];
      if (array.type !== 'ArrayExpression')
        replace(conversion, work, argument.node, ['...', spanOf(argument.node)], 'routing/array');
      else if (
        first === undefined ||
        last === undefined ||
        elements.some((each) => each.type === 'SpreadElement')
      ) {
        refuse(conversion, work, array, 'routing/array', 'this list of handlers is empty or spread');
      } else {
        replace(conversion, work, range(array, array.start, first.start), [''], 'routing/array');
        replace(conversion, work, range(array, last.end, array.end), [''], 'routing/array');
      }
      return;
    }
    default:
  }
}

/** What is put around the items of a list would also be there where the list is read. */
function refuseShared(
  conversion: Conversion,
  { file, node }: HandlerArgument,
  { file: other, node: use }: Place,
) {
  const place = at(other.locate(use.start));
  const reason = `what handles this is a list that ${place} uses in another way`;
  refuse(conversion, conversion.workOf(file), node, 'routing/array', reason);
}

/** Rewrites one path where Hono's notation or Express's prefixes need it. */
export function convertPath(conversion: Conversion, work: FileWork, node: SyntaxNode, prefix: boolean) {
  const text = prefix ? starPath(conversion, work, node) : pathText(conversion, work, node);
  if (text === null) refuse(conversion, work, node, 'routing/path', 'this path has no rule');
  else if (text !== textOf(work, node))
    replace(conversion, work, node, [text], prefix ? 'routing/prefix' : 'routing/path');
}
