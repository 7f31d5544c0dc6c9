import { textOf } from '../../../express/text.ts';
import type { Flow } from '../../../syntax/flow/flow.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  isMember,
  memberName,
  parametersOf,
  unwrap,
} from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/parse.ts';
import { childrenOf } from '../../../syntax/walk.ts';
import type { Place } from '../../model.ts';
import { alternatives, both, type Known, knownOf, NOTHING, otherwise } from './conditions.ts';
import { kindOf, REQUEST } from './kinds.ts';

/** A request that is told apart: where the test is, and what answers. */
export interface Found extends Known {
  /** The test. */
  at: Place;
  answers: Place;
}

/** Functions that are handed the request are followed so deep. */
const DEEPEST = 6;

/** The requests that a function tells apart by method and path. */
export function requestsIn(flow: Flow, fn: Place): { found: Found[]; lost: Place[] } {
  const found: Found[] = [];
  const lost: Place[] = [];
  const inside: SyntaxNode[] = [];

  function enter({ file, node }: Place, known: Known): void {
    if (inside.includes(node) || inside.length >= DEEPEST) return;
    inside.push(node);
    const body = child(node, 'body');
    if (body !== null) block(file, body, known);
    inside.pop();
  }

  /** Statements one after the other: a test that leaves the function says something of what follows. */
  function block(file: Place['file'], body: SyntaxNode, known: Known): void {
    let now = known;
    for (const statement of body.type === 'BlockStatement' ? children(body, 'body') : [body]) {
      if (statement.type === 'IfStatement') {
        const test = child(statement, 'test');
        const rest = test === null ? null : otherwise(flow, { file, node: test });
        const [only, ...more] = rest ?? [];
        branch(file, statement, now);
        const consequent = child(statement, 'consequent');
        if (
          only &&
          more.length === 0 &&
          consequent !== null &&
          leaves(consequent) &&
          child(statement, 'alternate') === null
        ) {
          const next = both(now, only);
          if (next !== null) {
            if (next.path !== null) emit(next, { file, node: test ?? statement }, { file, node: body });
            now = next;
          }
        }
      } else visit(file, statement, now);
    }
  }

  function branch(file: Place['file'], statement: SyntaxNode, known: Known): void {
    const [test, consequent, alternate] = ['test', 'consequent', 'alternate'].map((name) =>
      child(statement, name),
    );
    if (test) {
      narrowed(file, test, consequent ?? null, known);
      const rest = otherwise(flow, { file, node: test });
      if (alternate) {
        if (rest) for (const one of rest) into(file, test, alternate, both(known, one));
        else visit(file, alternate, known);
      }
    }
  }

  function narrowed(file: Place['file'], test: SyntaxNode, body: SyntaxNode | null, known: Known): void {
    const said = alternatives(flow, { file, node: test });
    if (body === null) return;
    if (said === null) {
      visit(file, test, known);
      visit(file, body, known);
    } else for (const one of said) into(file, test, body, both(known, one));
  }

  /** What runs once more is known; a path with a method inside it is told by that method. */
  function into(file: Place['file'], test: SyntaxNode, body: SyntaxNode, known: Known | null): void {
    if (known === null) return;
    if (known.path === null) {
      visit(file, body, known);
      return;
    }
    const before = found.length;
    visit(file, body, known);
    if (known.method !== null || found.length === before)
      emit(known, { file, node: test }, { file, node: body });
  }

  function emit(known: Known, at: Place, answers: Place): void {
    const again = found.some((one) => one.path === known.path && one.method === known.method);
    if (!again) found.push({ ...known, at, answers });
  }

  function visit(file: Place['file'], given: SyntaxNode, known: Known): void {
    const node = unwrap(given);
    if (node.type === 'BlockStatement') block(file, node, known);
    else if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') branch(file, node, known);
    else if (node.type === 'LogicalExpression' && node.operator === '&&') {
      const [left, right] = [child(node, 'left'), child(node, 'right')];
      if (left !== null) narrowed(file, left, right, known);
    } else if (node.type === 'SwitchStatement') choice(file, node, known);
    else if (isFunction(node) || node.type === 'ClassDeclaration') {
      // Runs when it is called; a callback of the request's own events runs with what is known.
      if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression') {
        const body = child(node, 'body');
        if (body !== null) visit(file, body, known);
      }
    } else {
      if (isCall(node)) follow(node, known);
      if (isMember(node)) table(file, node, known);
      for (const part of childrenOf(node)) visit(file, part, known);
    }
  }

  /** `switch` over a method, a path or both; over `true` its cases are tests. */
  function choice(file: Place['file'], statement: SyntaxNode, known: Known): void {
    const on = child(statement, 'discriminant');
    const kind = on === null ? null : kindOf(flow, { file, node: on });
    let waiting: { test: SyntaxNode; known: Known }[] = [];
    for (const each of children(statement, 'cases')) {
      const test = child(each, 'test');
      const text = test === null || kind === null ? null : textOf(flow, test);
      const said =
        text === null
          ? test !== null && on?.value === true
            ? alternatives(flow, { file, node: test })
            : null
          : [knownOf(kind, text)];
      if (test !== null) for (const one of said ?? []) waiting.push({ test, known: one });
      const body = children(each, 'consequent');
      if (body.length === 0) continue;
      const whole: SyntaxNode = { ...each, type: 'BlockStatement', body };
      if (waiting.length === 0) block(file, whole, known);
      for (const one of waiting) into(file, one.test, whole, both(known, one.known));
      waiting = [];
    }
  }

  /** Calls of functions that are handed the request. */
  function follow(call: SyntaxNode, known: Known): void {
    const passes = argumentsOf(call).some((argument) =>
      flow.valuesOf(argument).includes(flow.marker(REQUEST)),
    );
    const callee = calleeOf(call);
    if (callee === null) return;
    for (const value of flow.valuesOf(callee)) {
      if (value.kind !== 'function') continue;
      const takes =
        passes ||
        parametersOf(value.node).some(
          (parameter, index) =>
            kindOf(flow, { file: value.file, node: parameter }) !== null &&
            argumentsOf(call)[index] !== undefined,
        );
      if (takes) enter(value, known);
    }
  }

  /** `routes[req.url]`, `handlers[req.method][path]`, `table[`${method} ${path}`]`. */
  function table(file: Place['file'], node: SyntaxNode, known: Known): void {
    const [object, key] = [child(node, 'object'), child(node, 'property')];
    const kind =
      node.computed === true && key !== null && memberName(node) === null
        ? kindOf(flow, { file, node: key })
        : null;
    if (object === null || kind === null) return;
    const outer = unwrap(object);
    const outerKey = isMember(outer) && outer.computed === true ? child(outer, 'property') : null;
    const outerKind = outerKey === null ? null : kindOf(flow, { file, node: outerKey });
    if (outerKind !== null && isMember(outer)) {
      const holder = child(outer, 'object');
      for (const value of holder === null ? [] : flow.valuesOf(holder)) {
        if (value.kind !== 'object') continue;
        for (const [name, cell] of value.members)
          for (const inner of cell.values)
            if (inner.kind === 'object')
              rows(inner, kind, { file, node }, both(known, knownOf(outerKind, name)));
      }
      return;
    }
    let isKnown = false;
    for (const value of flow.valuesOf(object))
      if (value.kind === 'object') isKnown = rows(value, kind, { file, node }, known) || isKnown;
    if (!isKnown && kind !== 'method') lost.push({ file, node });
  }

  function rows(
    value: { members: ReadonlyMap<string, { values: ReadonlySet<unknown> }> } & Place,
    kind: 'method' | 'path' | 'key',
    at: Place,
    known: Known | null,
  ): boolean {
    let some = false;
    if (known === null) return false;
    for (const property of children(value.node, 'properties')) {
      const spread = property.type === 'SpreadElement' ? child(property, 'argument') : null;
      for (const inner of spread === null ? [] : flow.valuesOf(spread))
        if (inner.kind === 'object') some = rows(inner, kind, at, known) || some;
      const [key, held] = [child(property, 'key'), child(property, 'value')];
      const name =
        key === null ? null : property.computed === true ? textOf(flow, key) : String(key.name ?? key.value);
      if (name === null || held === null) continue;
      const row = both(known, knownOf(kind, name));
      if (row === null || row.path === null) continue;
      some = true;
      const answers = flow.valuesOf(held).find((one) => one.kind === 'function');
      emit(
        row,
        { file: value.file, node: property },
        answers?.kind === 'function' ? { file: answers.file, node: answers.node } : at,
      );
    }
    return some;
  }

  enter(fn, NOTHING);
  return { found, lost };
}

/** Whether a statement certainly leaves the function. */
function leaves(statement: SyntaxNode): boolean {
  if (statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement') return true;
  const last = statement.type === 'BlockStatement' ? children(statement, 'body').at(-1) : undefined;
  return last !== undefined && leaves(last);
}
