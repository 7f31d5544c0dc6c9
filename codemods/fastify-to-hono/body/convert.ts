import {
  child,
  isFunction,
  isIdentifier,
  parametersOf,
  patternTarget,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll, walk } from '../../../src/workspace/syntax/walk.ts';
import { type FileWork, textOf } from '../../shared/edit/work.ts';
import { convertRequest } from '../members/request.ts';
import { setsType } from '../read/facts.ts';
import { setsEmpty } from '../read/statuses.ts';
import { type Conversion, type Given, problem, type Unit } from '../state.ts';
import { alwaysEnds } from './ends.ts';
import type { Frame } from './frame.ts';
import { writeParameters } from './parameters.ts';
import { convertPatterns } from './patterns.ts';
import { functionAround } from './place.ts';
import { convertReply } from './reply.ts';
import { convertExpression, convertReturn, convertStatement } from './statements.ts';

/** What a function is given as Fastify gives it. */
const KEPT: ReadonlySet<Given> = new Set(['error', 'body', 'payload']);

/** Turns a function that Fastify calls into one that Hono calls. */
export function convertUnit(conversion: Conversion, unit: Unit) {
  const work = conversion.workOf(unit.file);
  if (unit.isMixed)
    return problem(
      conversion,
      unit.file,
      unit.node,
      'called-twice',
      'it is called with other things in the place of the request or reply, too',
    );
  const frame: Frame = {
    ...{ conversion, work, unit, c: contextName(work, unit) },
    mayBeTyped: setsType(unit, conversion.flow),
    mayBeEmptied:
      setsEmpty(unit, conversion.flow) || (unit.roles.has('error') && conversion.facts.setsEmptyAnywhere),
    isUsed: false,
    answers: ['handler', 'missing', 'error'].some((role) => unit.roles.has(role as 'handler')),
  };
  const handled = new Set<SyntaxNode>();
  convertPatterns(frame);
  convertBody(frame, handled);
  for (const [index, given] of unit.parameters.entries()) {
    const parameter = patternTarget(parametersOf(unit.node)[index] as SyntaxNode);
    if (given === null || KEPT.has(given) || !isIdentifier(parameter)) continue;
    for (const { node } of work.bindings.bindingOf(parameter)?.references ?? []) {
      if (handled.has(node)) continue;
      if (given === 'request') convertRequest(conversion, work, unit, node, frame.c);
      else if (given === 'reply') convertReply(frame, node);
      else if (given === 'done')
        problem(
          conversion,
          unit.file,
          node,
          'done',
          `\`${textOf(work, node)}\` is called later, or handed on: what follows waits for it`,
        );
    }
  }
  writeParameters(frame);
}

function contextName({ bindings }: FileWork, { node }: Unit): string {
  const used = new Set(findAll(node, 'Identifier').map((each) => String(each.name)));
  for (const name of ['c', 'context', 'ctx']) if (!used.has(name)) return name;
  return bindings.bindings.some(({ name }) => name === 'honoContext') ? 'honoContext2' : 'honoContext';
}

function convertBody(frame: Frame, handled: Set<SyntaxNode>) {
  const { conversion, work, unit } = frame;
  const body = child(unit.node, 'body');
  if (body === null) return;
  if (body.type !== 'BlockStatement') return convertExpression(frame, body, handled);
  walk(body, {
    enter(node) {
      if (handled.has(node)) return 'skip';
      if (isFunction(node)) return undefined;
      if (node.type === 'ReturnStatement' && functionAround(work, node) === unit.node) {
        convertReturn(frame, node, handled);
        return undefined;
      }
      if (node.type === 'ExpressionStatement') convertStatement(frame, node, handled);
      return undefined;
    },
  });
  if (frame.answers && unit.node.async !== true && !unit.roles.has('guard') && !alwaysEnds(body, handled))
    problem(
      conversion,
      unit.file,
      unit.node,
      'no-answer',
      'on one of its ways it gives no answer, or gives it later: a request would hang, or wait for a callback',
    );
}
