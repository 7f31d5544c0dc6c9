import type { Registration } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  isIdentifier,
  literalText,
  parametersOf,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { overlap } from '../facts/routes/path-patterns.ts';
import type { Conversion } from '../state/conversion.ts';
import { isNative } from './decide.ts';

const known = new WeakMap<Conversion, ReadonlyMap<SyntaxNode, string>>();

/**
 * The parameter that a `param` callback is for, where it becomes a middleware as any other: it is written there, and no request
 * meets it twice. Null where Express's rule, once for each value, is needed.
 */
export function plainParam(conversion: Conversion, fn: SyntaxNode): string | null {
  const found = known.get(conversion) ?? plainParams(conversion);
  known.set(conversion, found);
  return found.get(fn) ?? null;
}

function plainParams(conversion: Conversion): Map<SyntaxNode, string> {
  const found = new Map<SyntaxNode, string>();
  if (!isNative(conversion, 'param')) return found;
  for (const registration of conversion.program.registrations) {
    const [name, handler] = registration.method === 'param' ? argumentsOf(registration.call) : [];
    const text = literalText(name);
    const [fn, ...more] = registration.handlers.flatMap(functionsIn);
    if (text === null || fn === undefined || more.length > 0 || fn.node !== handler) continue;
    const [, , , value, again] = parametersOf(fn.node);
    const isWritten = child(fn.node, 'body')?.type === 'BlockStatement' && !fn.file.typescript;
    if (!isWritten || again !== undefined || (value !== undefined && !isIdentifier(value))) continue;
    if (fn.uses.length === 1 && isMetOnce(conversion, registration, text)) found.set(fn.node, text);
  }
  return found;
}

/** Whether no request reaches two registrations of the router that have the parameter. */
function isMetOnce({ program }: Conversion, { on }: Registration, name: string): boolean {
  const has = new RegExp(`[:*]${name}(?!\\w)`);
  const met = program.registrations
    .filter((each) => each.on === on && each.method !== 'param')
    .flatMap((each) => each.paths.map(({ text }) => ({ each, text })))
    .filter(({ text }) => text === null || has.test(text));
  return met.every(({ each, text }, index) =>
    met.slice(index + 1).every((other) => {
      if (text === null || other.text === null) return false;
      const isSame =
        [each, other.each].some(({ method }) => /^(use|all)$/.test(method)) ||
        each.method === other.each.method;
      const pattern = (path: string, { method }: Registration) => ({
        ...{ path, below: method === 'use', method: null },
      });
      return !isSame || !overlap(pattern(text, each), pattern(other.text, other.each));
    }),
  );
}
