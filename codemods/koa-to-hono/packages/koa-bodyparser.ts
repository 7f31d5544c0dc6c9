import { children, literalText } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { mayAnswer } from '../body/frame.ts';
import { convertFunction } from '../body/function.ts';
import { want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, notCompared, optionsOf } from './options.ts';

const LIMIT = /^\d+(?:\.\d+)?(?:b|kb|mb|gb)$/i;

/** Options that are passed on as they are: they mean the same to `parseBody`. */
function handedOn(use: PackageUse, more?: string): readonly Part[] | string {
  const options = optionsOf(use);
  if (options === null) return NOT_WRITTEN;
  const items: Part[][] = more === undefined ? [] : [[more]];
  for (const [name, { property, value }] of options) {
    const isLimit = /^(json|form|text)Limit$/.test(name) && LIMIT.test(literalText(value) ?? '');
    const isTypes =
      name === 'enableTypes' &&
      value.type === 'ArrayExpression' &&
      children(value, 'elements').every((each) => /^(json|form|text)$/.test(literalText(each) ?? ''));
    if (name === 'strict' && booleanOf(value) === true) continue;
    if (!isLimit && !isTypes && !(name === 'onerror' && takesErrors(use, value))) return notCompared(name);
    items.push([spanOf(property)]);
  }
  if (items.length === 0) return [];
  return ['{ ', ...items.flatMap((each, index) => (index > 0 ? [', ', ...each] : each)), ' }'];
}

/** `onerror: (error, ctx) => ctx.throw(422)`: it gets the context of Hono, and may only throw. */
function takesErrors({ cv }: PackageUse, value: SyntaxNode): boolean {
  const values = cv.flow.valuesOf(value);
  const isKnown =
    values.length > 0 &&
    values.every(
      (each) =>
        each.kind === 'function' &&
        each.node.async !== true &&
        !cv.kept.has(each.node) &&
        !mayAnswer({ cv }, each, new Set()),
    );
  if (!isKnown) return false;
  const { current } = cv;
  for (const each of values)
    if (each.kind === 'function')
      convertFunction(cv, each.file, each.node, { context: 1, next: null }, 'helper');
  cv.current = current;
  return true;
}

const native = (parsed: string, more?: string) => (use: PackageUse) => {
  const options = handedOn(use, more);
  if (typeof options === 'string') return options;
  const name = want(use.cv, use.work, 'support', parsed);
  return [`${name}(`, ...options, ')'];
};

/** Reads the body once, before the handlers. */
const rule: PackageRule = { name: 'koa-bodyparser', parses: true, native: native('parseBody') };
export default rule;

/** The same in TypeScript; files are its own only where it is asked for them. */
export const koaBodyparserTs: PackageRule = {
  name: 'koa-bodyparser-ts',
  parses: true,
  native: native('parseBody', 'older: true'),
};

export const koaBodyparser: PackageRule = {
  name: '@koa/bodyparser',
  parses: true,
  native: native('parseBody'),
};
