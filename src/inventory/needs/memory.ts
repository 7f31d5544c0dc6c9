import type { RouteNeed } from '../../model/inventory.ts';
import { type Binding, resolveBindings } from '../../workspace/syntax/bindings.ts';
import type { Call, Flow } from '../../workspace/syntax/flow/flow.ts';
import { child, isMember, memberName } from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { enclosingFunction, parentsOf, walk } from '../../workspace/syntax/walk.ts';
import { evidenceIn } from '../evidence.ts';
import { isFilledOnce } from './made-once.ts';
import { runsAtStartOnly } from './start.ts';
import { type Change, rootOf, stateOf } from './state.ts';

/** Variables and fields a function reads or writes that other calls change: memory that outlives the request. */
export function memory(
  flow: Flow,
): (file: ParsedFile, node: SyntaxNode, visited: ReadonlyMap<SyntaxNode, ParsedFile>) => RouteNeed[] {
  const isStart = runsAtStartOnly(flow);

  /** Whether a change is made of an empty collection alone, with what no request was handed: wherever its function is called. */
  const isFilling = ({ inside, held, target }: Change): boolean => {
    const fn = held === null ? null : flow.functionOf(inside);
    const calls = fn?.calls ?? [];
    return (
      calls.length > 0 &&
      calls.every(
        ({ file, node }) =>
          file === fn?.file &&
          classBodyOf(file, node) === classBodyOf(file, inside) &&
          isFilledOnce(file, node, target),
      )
    );
  };

  /** Whether a change outlives the request: it is made after the start, and not to what the caller handed in. */
  const lasts = (change: Change, kind: Binding['kind'] | null): boolean => {
    const { inside, held } = change;
    if (isStart(inside) || isFilling(change)) return false;
    if (kind !== 'parameter' || held === null) return true;
    return flow.valuesOf(held).some((value) => {
      // `new Map()` is known by the call that made it.
      const made = value.kind === 'external' && value.origin === 'global' ? value.calls.at(-1) : value;
      return made && 'node' in made && enclosingFunction(made.file, made.node) === null;
    });
  };
  const constructions = new Map<SyntaxNode, Call[]>();
  for (const call of flow.calls) {
    if (call.node.type !== 'NewExpression') continue;
    // An instance of a class has the fields of those that it extends.
    for (const value of call.callee.values)
      for (const made of value.kind === 'class' ? withAncestors(value.node, flow) : []) {
        const known = constructions.get(made);
        if (known === undefined) constructions.set(made, [call]);
        else known.push(call);
      }
  }

  const looked = new Map<SyntaxNode, readonly Use[]>();

  /** Looked for once a function, however many routes reach it. */
  function usesIn(file: ParsedFile, node: SyntaxNode): readonly Use[] {
    const { bindings, fields } = stateOf(file);
    if (bindings.size === 0 && fields.size === 0) return [];
    const { bindingOf } = resolveBindings(file);
    const found: Use[] = [];
    walk(node, {
      enter(inner) {
        const use = (name: string, endsWith: Use['endsWith']) => {
          const evidence = evidenceIn(file, file.locate(inner.start), inner.start, 'heuristic');
          found.push({ need: { ...evidence, kind: 'state', name, member: null }, endsWith });
        };
        if (inner.type === 'Identifier') {
          const binding = bindingOf(inner);
          if (binding === null) return;
          const field = fieldRead(file, inner, binding.kind === 'class');
          const changes = (bindings.get(binding) ?? []).filter(
            (change) => field === null || change.field === null || change.field === field,
          );
          if (!changes.some((change) => lasts(change, binding.kind))) return;
          const owner = enclosingFunction(file, binding.node);
          if (!owner || !within(owner, node))
            use(binding.name, (visited) => owner !== null && visited.has(owner));
        } else if (isMember(inner) && fields.size > 0) {
          const { node: root, field } = rootOf(inner);
          if (root.type !== 'ThisExpression' || !field) return;
          const body = classBodyOf(file, inner);
          const changes = (body && fields.get(body)?.get(field)) ?? [];
          if (!changes.some((change) => lasts(change, null))) return;
          const owner = body && parentsOf(file).get(body);
          const made = (owner && constructions.get(owner)) ?? [];
          // An object that each request makes for itself ends with it; other requests make theirs.
          const makers = made.map((call) => enclosingFunction(call.file, call.node));
          const isKept = makers.some((maker) => maker === null || isStart(maker));
          use(
            `this.${field}`,
            (visited) => !isKept && makers.some((maker) => maker !== null && visited.has(maker)),
          );
        }
      },
    });
    return found;
  }

  return (file, node, visited) => {
    const uses = looked.get(node) ?? usesIn(file, node);
    looked.set(node, uses);
    return uses.flatMap(({ need, endsWith }) => (endsWith(visited) ? [] : [need]));
  };
}

/** A use of what a call changes, and whether it ends with a request that runs certain functions. */
interface Use {
  need: RouteNeed;
  endsWith(visited: ReadonlyMap<SyntaxNode, ParsedFile>): boolean;
}

/** A class, and those that it extends, nearest first. */
function withAncestors(made: SyntaxNode, flow: Flow): SyntaxNode[] {
  const found = new Set([made]);
  for (const each of found) {
    const parent = child(each, 'superClass');
    for (const value of parent === null ? [] : flow.valuesOf(parent))
      if (value.kind === 'class') found.add(value.node);
  }
  return [...found];
}

const within = (inner: SyntaxNode, outer: SyntaxNode): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/**
 * The member of a name that is read, where what else changes of it does not matter; null where all of it may be read, as
 * by a method. Methods of a class itself are functions of their own.
 */
function fieldRead(file: ParsedFile, name: SyntaxNode, isClass: boolean): string | null {
  const parents = parentsOf(file);
  const member = parents.get(name);
  if (!isMember(member) || child(member, 'object') !== name) return null;
  const up = parents.get(member);
  return !isClass && up?.type === 'CallExpression' && child(up, 'callee') === member
    ? null
    : memberName(member);
}

function classBodyOf(file: ParsedFile, node: SyntaxNode): SyntaxNode | null {
  const parents = parentsOf(file);
  for (let up = parents.get(node); up; up = parents.get(up)) if (up.type === 'ClassBody') return up;
  return null;
}
