import { at } from '../../../../src/model/at.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../../../src/workspace/syntax/walk.ts';
import { type Conversion, refuse } from '../../state/conversion.ts';
import { referencesOf } from '../../state/references.ts';
import { raisesValues } from './carried-values.ts';

/**
 * Hono's error handlers are given an Error made of what is thrown. Where something else is thrown, or handed to `next`, and no
 * router of ours carries it to them, the error handlers stay Express's, which are handed the value itself.
 */
export function keepErrorHandlers(conversion: Conversion): void {
  const handlers = [...conversion.units.values()].filter(({ fn }) => fn.kind === 'error-handler');
  if (handlers.length === 0) return;
  const where = noErrors(conversion);
  // Where routing is Express's, its router makes an Error of it that has no way back.
  const isCarried = conversion.carriesValues && conversion.idiomatic?.routing === 'left-out';
  conversion.carriesValues =
    isCarried && (where !== null || conversion.program.functions.some((fn) => raisesValues(conversion, fn)));
  if (where === null || isCarried) return;
  for (const unit of handlers)
    refuse(
      conversion,
      unit.work,
      unit.fn.node,
      'errors/value',
      `what is passed on at ${where} is no Error`,
      unit,
    );
}

function noErrors({ program, workOf }: Conversion): string | null {
  for (const file of program.files) {
    const work = workOf(file);
    // What a module throws as it is loaded is no error of a request.
    const thrown = findAll(file.program, 'ThrowStatement')
      .filter((each) => enclosingFunction(file, each) !== null)
      .map((each) => child(each, 'argument'));
    const passed = program.functions
      .filter((fn) => fn.file === file)
      .flatMap((fn) => referencesOf(work, fn, 'next'))
      .map((node) => {
        const call = work.parents.get(node);
        return call?.type === 'CallExpression' && calleeOf(call) === node ? argumentsOf(call)[0] : null;
      })
      .filter((value) => !/^route(r)?$/.test(literalText(value) ?? ''));
    const value = [...thrown, ...passed].find((each) => each != null && isNoError(each));
    if (value != null) return at(file.locate(value.start));
  }
  return null;
}

/** A value written out that has no message of its own, though it is something. */
function isNoError(node: SyntaxNode): boolean {
  const value = unwrap(node);
  if (value.type === 'Literal') return Boolean(value.value);
  if (value.type === 'ObjectExpression')
    return !children(value, 'properties').some(
      (each) => each.type === 'SpreadElement' || propertyKeyName(each) === 'message',
    );
  return /^(TemplateLiteral|ArrayExpression)$/.test(value.type);
}
