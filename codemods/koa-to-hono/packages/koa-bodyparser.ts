import {
  child,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import { textOf } from '../../shared/edit/work.ts';
import { want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';

const LIMIT = /^\d+(?:\.\d+)?(?:b|kb|mb|gb)$/i;

/** Options that are passed on as they are: they mean the same to `parseBody`. */
function optionsOf({ args, work }: PackageUse): string | { text: string } {
  const [options, ...more] = args;
  if (options === undefined) return { text: '' };
  if (more.length > 0 || options.type !== 'ObjectExpression') return 'its options are not written out there';
  for (const property of children(options, 'properties')) {
    const name = propertyKeyName(property);
    const value = child(property, 'value');
    if (name === null || value === null) return 'its options are not written out there';
    const inner = unwrap(value);
    const isLimit = /^(json|form|text)Limit$/.test(name) && LIMIT.test(literalText(inner) ?? '');
    const isTypes =
      name === 'enableTypes' &&
      inner.type === 'ArrayExpression' &&
      children(inner, 'elements').every((each) => /^(json|form|text)$/.test(literalText(each) ?? ''));
    if (!isLimit && !isTypes) return `its option \`${name}\` was not compared`;
  }
  return { text: textOf(work, options) };
}

const native = (parsed: string) => (use: PackageUse) => {
  const options = optionsOf(use);
  if (typeof options === 'string') return options;
  const name = want(use.cv, use.work, 'support', parsed);
  return [`${name}(${options.text})`];
};

/** Reads the body once, before the handlers. */
const rule: PackageRule = { name: 'koa-bodyparser', parses: true, native: native('parseBody') };
export default rule;

export const koaBodyparser: PackageRule = {
  name: '@koa/bodyparser',
  parses: true,
  native: native('parseBody'),
};
