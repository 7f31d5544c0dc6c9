import type { Flow } from '../syntax/flow/flow.ts';
import type { Cell, FunctionValue } from '../syntax/flow/values.ts';
import { child, children, isIdentifier, parametersOf, propertyKeyName } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import type { Role, TakenOut } from './program.ts';

const ROLES: ReadonlySet<string> = new Set<Role>(['err', 'req', 'res', 'next', 'value', 'name']);

/** Express roles among what a parameter may hold. */
export function rolesIn(cell: Cell): Role[] {
  const found: Role[] = [];
  for (const value of cell.values) {
    if (value.kind === 'marker' && ROLES.has(value.name)) found.push(value.name as Role);
  }
  return found;
}

/**
 * The request and response that a function takes out of an object it is handed: `({ req, res, message }) => …`. None where anything
 * else of Express is taken out, by a default, a rest or a pattern inside the pattern, or out of a second object.
 */
export function takenOutBy(flow: Flow, { node, parameters }: FunctionValue): readonly TakenOut[] {
  const found: TakenOut[] = [];
  for (const [position, parameter] of parametersOf(node).entries()) {
    if (parameter.type !== 'ObjectPattern' || parameters[position] === undefined) continue;
    for (const property of children(parameter, 'properties')) {
      const taken = roleTaken(flow, property);
      if (taken === null) continue;
      if (taken === 'unclear') return [];
      found.push({ ...taken, position, property });
    }
  }
  const [first] = found;
  const isPlain = found.every(
    ({ position, role }, index) =>
      position === first?.position && found.findIndex((each) => each.role === role) === index,
  );
  return isPlain && !hasRest(parametersOf(node)) ? found : [];
}

/** What of Express one property of a pattern takes out; null: nothing. */
function roleTaken(
  flow: Flow,
  property: SyntaxNode,
): Pick<TakenOut, 'role' | 'key' | 'target'> | 'unclear' | null {
  const target = child(property, 'value');
  const key = propertyKeyName(property);
  const cell = target === null ? null : flow.cellOf(target);
  const roles = cell === null ? [] : rolesIn(cell);
  const [role] = roles;
  if (role === undefined) return null;
  const isOurs = roles.length === 1 && (role === 'req' || role === 'res');
  if (!isOurs || !isIdentifier(target) || key === null || property.computed === true) return 'unclear';
  return { role, key, target };
}

const hasRest = (parameters: readonly SyntaxNode[]): boolean =>
  parameters.some(
    (each) =>
      each.type === 'RestElement' ||
      (each.type === 'ObjectPattern' &&
        children(each, 'properties').some(({ type }) => type === 'RestElement')),
  );
