import { functionName } from '../../../src/workspace/express/functions.ts';
import {
  argumentsOf,
  calleeOf,
  isCall,
  isIdentifier,
  parametersOf,
  patternTarget,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { around } from '../body/context-use.ts';
import type { Conversion } from '../state/conversion.ts';

/** Notes a function that stays Koa's, and those of the program that it hands its context to. */
export function keepsKoa(cv: Conversion, file: ParsedFile, fn: SyntaxNode) {
  if (cv.functions.has(fn)) return;
  cv.functions.set(fn, { file, node: fn, name: functionName(file, fn), kept: cv.kept.get(fn) ?? null });
  const work = cv.editing.workOf(file);
  for (const parameter of parametersOf(fn).map(patternTarget)) {
    const binding = isIdentifier(parameter) ? work.bindings.bindingOf(parameter) : null;
    for (const { node: reference } of binding?.references ?? []) {
      const { node, parent } = around(work, reference);
      const callee = isCall(parent) && argumentsOf(parent).includes(node) ? calleeOf(parent) : null;
      for (const value of callee === null ? [] : cv.flow.valuesOf(unwrap(callee)))
        if (value.kind === 'function')
          cv.stay.set(value.node, 'a function that stays hands it what Koa gives');
    }
  }
}
