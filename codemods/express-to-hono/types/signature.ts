import type { Role } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  parametersOf,
  patternTarget,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { atStart, type Part, type Range, range } from '../../shared/edit/draft.ts';
import { importName } from '../edit/imports.ts';
import { verdictOf } from '../facts/answers/verdicts.ts';
import { recovers } from '../facts/errors/recovery.ts';
import { needsNext } from '../facts/needs-next.ts';
import { skipOf } from '../facts/routes/skips.ts';
import { convertParameterPattern, readFirst } from '../members/parameter-patterns.ts';
import { plainParam } from '../native/params.ts';
import {
  type Conversion,
  claim,
  type FileWork,
  handedTo,
  refuse,
  replace,
  spanOf,
  textOf,
  type Unit,
} from '../state/conversion.ts';
import { contextType } from './context-type.ts';
import { losesType } from './contextual.ts';
import { convertHandedInside, convertTakenOut } from './taken-out.ts';

type Slot = 'context' | 'next' | 'keep' | 'drop';

/** What becomes of each parameter position; call sites follow the same plan. */
function slotsOf(conversion: Conversion, unit: Unit): Slot[] {
  let contextPlaced = false;
  return unit.fn.roles.map((role: Role | null): Slot => {
    if (role === 'req' || role === 'res') {
      if (contextPlaced) return 'drop';
      contextPlaced = true;
      return 'context';
    }
    if (role === 'next')
      return (unit.fn.kind === 'error-handler' ? recovers(unit) : needsNext(conversion, unit))
        ? 'next'
        : 'drop';
    return 'keep';
  });
}

/** Rewrites parameters, `async` and return type of a converted function, which `awaits` what comes after it or not. */
export function convertSignature(conversion: Conversion, unit: Unit, awaits: boolean) {
  const { work, fn } = unit;
  const params = parametersOf(fn.node);
  const slots = slotsOf(conversion, unit);
  if ((awaits || mustPromise(conversion, unit)) && fn.node.async !== true) {
    const holder = work.parents.get(fn.node);
    const method = holder !== undefined && (holder.type === 'MethodDefinition' || holder.method === true);
    const key = method && holder ? child(holder, 'key') : null;
    if (conversion.dry === 0) work.draft.insert(atStart(key ?? fn.node), 'async ', 'middleware/async');
  }
  convertReturnType(conversion, unit);
  if (params.some((param) => param.type === 'RestElement')) {
    refuse(conversion, work, fn.node, 'signature', 'the parameters end in a rest element', unit);
    return;
  }
  if (usesArguments(unit)) refuse(conversion, work, fn.node, 'signature', '`arguments` is used', unit);
  convertTakenOut(conversion, unit);
  const first = params.findIndex((_param, index) => slots[index] !== 'keep');
  if (first < 0) return;
  const contextUsed =
    unit.uses.some(({ role, node }) => role !== 'next' || skipsOn(unit, node)) ||
    params.some((param) => patternTarget(param).type === 'ObjectPattern');
  const nextUsed = slots.includes('next');
  const texts: Part[][] = [];
  const own = plainParam(conversion, fn.node);
  const loses = losesType(conversion, unit);
  for (const [index, param] of params.entries()) {
    const slot = slots[index] ?? 'keep';
    if (own !== null && fn.roles[index] === 'value') {
      readFirst(
        conversion,
        unit,
        `const ${textOf(work, param)} = ${unit.context}.req.param(${work.layout.string(own)});`,
      );
      continue;
    }
    const annotated = child(param, 'typeAnnotation') !== null;
    const typed = annotated || loses;
    const untyped =
      work.file.typescript && unit.fn.roles[index] === 'err' && isIdentifier(param) && !annotated;
    if (slot === 'keep') texts.push(untyped ? [spanOf(param), ': any'] : [spanOf(param)]);
    else if (slot === 'context') {
      const name = contextUsed || !nextUsed ? unit.context : `_${unit.context}`;
      const type =
        unit.handle === 'stream'
          ? importedStreaming(conversion, work, typed)
          : typed
            ? contextType(conversion, work)
            : '';
      texts.push([typed ? `${name}: ${type}` : name]);
    } else if (slot === 'next') {
      const name = unit.next ?? 'next';
      const typeOf = () =>
        recovers(unit)
          ? '() => Promise<Response>'
          : importName(conversion, work, 'hono', 'Next', { type: true });
      texts.push([typed ? `${name}: ${typeOf()}` : name]);
    }
    const role = unit.fn.roles[index];
    const target = patternTarget(param);
    if ((role === 'req' || role === 'res') && target.type === 'ObjectPattern') {
      convertParameterPattern(conversion, unit, target, role);
    } else if (slot !== 'keep' && param.type === 'AssignmentPattern') {
      refuse(conversion, work, param, 'signature', 'a parameter of Express has a default', unit);
    }
  }
  const span = listRange(work, fn.node, params);
  // A comment may stand between the parenthesis and the first parameter.
  const bare = !work.file.text.slice(fn.node.start, span.start).includes('(');
  const joined = texts.flatMap((text, index): Part[] => (index === 0 ? text : [', ', ...text]));
  if (
    fn.roles.every((role) => role !== null) &&
    !contextUsed &&
    !nextUsed &&
    unit.fn.kind !== 'error-handler'
  ) {
    replace(conversion, work, span, bare ? ['()'] : [''], 'signature');
    return;
  }
  replace(conversion, work, span, bare ? ['(', ...joined, ')'] : joined, 'signature');
}

/** To TypeScript what Hono's `use` is given is middleware, which gives back a promise. */
const mustPromise = ({ notFoundCalls, worlds }: Conversion, { fn, work, handle }: Unit): boolean =>
  work.file.typescript &&
  handle === 'context' &&
  worlds?.inPlace == null &&
  /^(handler|middleware)$/.test(fn.kind) &&
  !fn.roles.includes('next') &&
  fn.uses.some(
    (use) =>
      use.kind === 'registered' &&
      use.registration.method === 'use' &&
      !notFoundCalls.has(use.registration.call),
  );

/** `next('route')` becomes a call that is given the context. */
function skipsOn(unit: Unit, node: SyntaxNode): boolean {
  const call = unit.work.parents.get(node);
  return call?.type === 'CallExpression' && calleeOf(call) === node && skipOf(call) !== null;
}

function importedStreaming(conversion: Conversion, work: FileWork, typed: boolean): string {
  return typed ? importName(conversion, work, 'hono/utils/stream', 'StreamingApi', { type: true }) : '';
}

/** From the first parameter to the last, the layout inside the parentheses included. */
function listRange(work: FileWork, fn: SyntaxNode, params: readonly SyntaxNode[]): Range {
  const { text } = work.file;
  let start = params[0]?.start ?? 0;
  let end = params.at(-1)?.end ?? start;
  const before = text.slice(0, start).trimEnd();
  const after = /^\s*,?\s*/.exec(text.slice(end))?.[0] ?? '';
  if (before.endsWith('(') && text[end + after.length] === ')') {
    start = before.length;
    end += after.length;
  }
  return range(fn, start, end);
}

function usesArguments(unit: Unit): boolean {
  if (unit.fn.node.type === 'ArrowFunctionExpression') return false;
  return findAll(unit.fn.node, 'Identifier').some(
    (node) => node.name === 'arguments' && unit.work.bindings.referenceOf(node) !== null,
  );
}

function convertReturnType(conversion: Conversion, unit: Unit) {
  const { work, fn } = unit;
  const annotation = child(fn.node, 'returnType');
  if (annotation === null || unit.answering.size === 0 || verdictOf(unit) !== null) return;
  const text = work.file.text.slice(annotation.start, annotation.end);
  if (unit.fn.kind === 'helper' && !/void|Response/.test(text)) return;
  if (unit.fn.kind === 'helper' && unit.handle === 'stream') return;
  const isAsync = fn.node.async === true;
  const answer = recovers(unit) ? 'Response | Promise<Response>' : '';
  const goesOn = needsNext(conversion, unit) && answer === '' ? 'Promise<Response | void>' : answer;
  const type = isAsync && goesOn === answer ? 'Promise<Response>' : goesOn;
  replace(conversion, work, annotation, [type === '' ? '' : `: ${type}`], 'types/return');
}

/** Rewrites the arguments of calls that hand Express values to functions of ours. */
export function convertCallArguments(conversion: Conversion, unit: Unit) {
  const { work } = unit;
  const calls = new Set<SyntaxNode>();
  for (const { node } of unit.uses) {
    const handed = handedTo(work, node);
    if (handed !== null) calls.add(handed.call);
  }
  for (const call of calls) {
    const reached = conversion.calls.get(call);
    const args = argumentsOf(call);
    convertHandedInside(conversion, unit, call);
    const handsOver = args.every((argument) => conversion.roles.has(unwrap(argument)));
    const wantsNext = (reached ?? []).some((each) => needsNext(conversion, each));
    const isHandler = reached?.every((each) => each.fn.kind !== 'helper') ?? false;
    const slots =
      reached?.[0] !== undefined
        ? handsOver && isHandler
          ? (['context', 'drop', wantsNext ? 'next' : 'drop'] as Slot[])
          : slotsOf(conversion, reached[0])
        : conversion.forwards.has(call)
          ? (['context', 'drop', 'next'] as Slot[])
          : null;
    if (slots === null) continue;
    if (args.some((arg) => arg.type === 'SpreadElement')) {
      refuse(conversion, work, call, 'helpers/call', 'arguments are spread', unit);
      continue;
    }
    const parts: Part[][] = [];
    const spans = args.map((argument) => withParentheses(work, call, argument));
    for (const [index, argument] of args.entries()) {
      const slot = slots[index] ?? 'keep';
      const role = conversion.roles.get(unwrap(argument));
      const stream = reached?.[0]?.handle === 'stream';
      if (slot === 'keep' || (slot === 'context' && stream)) {
        parts.push([spans[index] ?? spanOf(argument)]);
        continue;
      }
      if (role === undefined) {
        refuse(
          conversion,
          work,
          argument,
          'helpers/call',
          'a function of the handler is called with something else',
          unit,
        );
        continue;
      }
      claim(conversion, unwrap(argument));
      if (slot === 'context') parts.push([role.unit.context]);
      else if (slot === 'next') parts.push([role.unit.next ?? 'next']);
    }
    const last = spans.at(-1);
    const start = spans[0]?.start;
    if (last === undefined || start === undefined) continue;
    const joined = parts.flatMap((part, index): Part[] => (index === 0 ? part : [', ', ...part]));
    replace(conversion, work, range(call, start, last.end), joined, 'helpers/arguments');
  }
}

/** An argument with the parentheses around it, which the syntax tree leaves out. */
function withParentheses(work: FileWork, call: SyntaxNode, argument: SyntaxNode): Range {
  const { text } = work.file;
  const open = text.indexOf('(', (child(call, 'typeArguments') ?? calleeOf(call) ?? call).end);
  let { start, end } = argument;
  for (;;) {
    const before = text.slice(open, start).trimEnd().length + open - 1;
    const after = end + text.slice(end).search(/\S/);
    if (before <= open || text[before] !== '(' || text[after] !== ')') return range(argument, start, end);
    [start, end] = [before, after + 1];
  }
}
