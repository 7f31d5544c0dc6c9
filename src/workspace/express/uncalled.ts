import { resolveBindings } from '../syntax/bindings.ts';
import type { Call, Flow } from '../syntax/flow/flow.ts';
import type { FunctionValue } from '../syntax/flow/values.ts';
import { child, field, isIdentifier } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction } from '../syntax/walk.ts';
import { rolesIn } from './handed.ts';
import type { Role } from './program.ts';

/** What a parameter is called, or its type, where it is meant for Express's value. */
const MEANT: Partial<Record<Role, RegExp>> = {
  req: /^(?:req|request)$/i,
  res: /^(?:res|response)$/i,
  next: /^(?:next|NextFunction)$/,
};

/**
 * Functions that nothing calls, and that hand a parameter on where others hand on the request or response: the method of
 * a base controller that no controller uses. Their parameters are Express's values as well, or what they call would be
 * called with something unknown.
 */
export function seedUncalled(flow: Flow, seeded: ReadonlySet<SyntaxNode>): void {
  for (let found = true; found; ) {
    found = false;
    for (const call of flow.calls) {
      for (const [index, role] of rolesOfCall(call)) {
        const parameter = uncalledParameter(flow, call, index, seeded);
        if (parameter === null || !MEANT[role]?.test(parameter.meant)) continue;
        flow.add(parameter.cell, flow.marker(role));
        // A handler that nothing registers is one in all of its parameters.
        for (const other of parameter.others)
          for (const meant of Object.keys(MEANT) as Role[])
            if (MEANT[meant]?.test(other.meant)) flow.add(other.cell, flow.marker(meant));
        found = true;
      }
    }
    flow.settle();
  }
}

/** Which arguments of a call are Express's values elsewhere. */
function rolesOfCall({ callee }: Call): [number, Role][] {
  return [...callee.values].flatMap((value) =>
    value.kind !== 'function'
      ? []
      : value.parameters.flatMap((cell, index): [number, Role][] => {
          const [role, ...more] = rolesIn(cell);
          return role === undefined || more.length > 0 ? [] : [[index, role]];
        }),
  );
}

/** A parameter, and what its type or its name says that it is. */
interface Meant {
  cell: FunctionValue['parameters'][number];
  meant: string;
}

/** The parameter that an argument is, of a function that nothing calls, with the others of it; null for all else. */
function uncalledParameter(
  flow: Flow,
  { file, node, arguments: args }: Call,
  index: number,
  seeded: ReadonlySet<SyntaxNode>,
): (Meant & { others: Meant[] }) | null {
  const given = (node.arguments as SyntaxNode[] | undefined)?.[index];
  const around = enclosingFunction(file, node);
  if (!isIdentifier(given) || around === null || (args[index]?.values.size ?? 1) > 0) return null;
  const fn = flow.functionOf(around);
  if (fn === null || seeded.has(around) || fn.calls.length > 0) return null;
  const bindings = resolveBindings(file);
  const declared = bindings.bindingOf(given)?.node;
  const parameters = (around.params as SyntaxNode[] | undefined) ?? [];
  const at = parameters.findIndex((each) => isIdentifier(each) && each === declared);
  const all = parameters.flatMap((parameter, position): (Meant & { position: number })[] => {
    const cell = fn.parameters[position];
    return cell === undefined || !isIdentifier(parameter) || (position !== at && cell.values.size > 0)
      ? []
      : [{ cell, meant: meantBy(parameter), position }];
  });
  const own = all.find(({ position }) => position === at);
  return own === undefined ? null : { ...own, others: all.filter((each) => each !== own) };
}

function meantBy(parameter: SyntaxNode): string {
  const annotation = child(parameter, 'typeAnnotation');
  const name = annotation === null ? null : typeName(child(annotation, 'typeAnnotation'));
  return name ?? field(parameter, 'name');
}

/** `Response` of `res: Response` and of `res: express.Response`. */
function typeName(type: SyntaxNode | null): string | null {
  const name = type === null ? null : child(type, 'typeName');
  const last = name?.type === 'TSQualifiedName' ? child(name, 'right') : name;
  return last === null || last === undefined ? null : field(last, 'name');
}
