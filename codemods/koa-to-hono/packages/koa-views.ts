import semver from 'semver';
import {
  child,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { spanOf, textOf } from '../../shared/edit/work.ts';
import { want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, notCompared, optionsOf } from './options.ts';

/** Engines that are asked as the package asks them: `compile(text, locals)(locals)`. */
const ENGINES = new Set(['ejs', 'pug']);

/** The templates by their engine, which the project has: the package asks it for the same. */
function native(use: PackageUse): readonly Part[] | string {
  const { cv, work, args } = use;
  const [root, ...rest] = args;
  if (cv.target === 'workers') return 'a Worker has no files to read templates from';
  const release = cv.releases.get('koa-views') ?? null;
  if (release === null || semver.lt(release, '6.0.0') || semver.gte(release, '9.0.0'))
    return `what \`koa-views\` ${release ?? 'of no known release'} renders was not compared`;
  const options = optionsOf({ args: rest });
  if (root === undefined || root.type === 'SpreadElement' || options === null) return NOT_WRITTEN;
  const items: string[] = [];
  const engines = new Map<string, string>();
  let extension = 'html';
  for (const [name, { property, value }] of options) {
    const text = literalText(value);
    if (name === 'extension' && text !== null) {
      extension = text;
      items.push(textOf(work, property));
    } else if (name === 'map') {
      const map = mapOf(value);
      if (map === null) return `its option \`${name}\` is not written out there`;
      for (const [suffix, engine] of map) engines.set(suffix, engine);
    } else if (name === 'options' && value.type === 'ObjectExpression' && !isMore(value))
      items.push(textOf(work, property));
    else if (name !== 'autoRender' || booleanOf(value) !== true) return notCompared(name);
  }
  if (engines.size === 0 && extension !== 'html') engines.set(extension, extension);
  if (engines.size === 0) return 'what its pages are made by is not written out there';
  const other = [...engines.values()].find((engine) => !ENGINES.has(engine));
  if (other !== undefined) return `templates of \`${other}\` were not compared`;
  const names = [...engines].map(([suffix, engine]) => `${suffix}: ${want(cv, work, engine, 'compile')}`);
  items.push(`engines: { ${names.join(', ')} }`);
  if (semver.lt(release, '7.0.0')) items.push('stateFirst: true');
  const name = want(cv, work, 'support', 'views', false, use.call);
  return [`${name}(`, spanOf(root), `, { ${items.join(', ')} })`];
}

/** `{ html: 'ejs' }`. */
function mapOf(node: SyntaxNode): Map<string, string> | null {
  const found = new Map<string, string>();
  if (node.type !== 'ObjectExpression') return null;
  for (const property of children(node, 'properties')) {
    const name = property.type === 'Property' ? propertyKeyName(property) : null;
    const value = child(property, 'value');
    const engine = value === null ? null : literalText(unwrap(value));
    if (name === null || !/^\w+$/.test(name) || engine === null) return null;
    found.set(name, engine);
  }
  return found;
}

/** Whether options of templates are more than what they show. */
const isMore = (node: SyntaxNode): boolean =>
  children(node, 'properties').some(
    (property) =>
      property.type !== 'Property' || /^(?:partials|pretty|cache)$/.test(propertyKeyName(property) ?? ''),
  );

const rule: PackageRule = {
  name: 'koa-views',
  lends: { 'ctx.render': { support: 'render', is: 'answers', waits: true, without: 'pretty' } },
  native,
};
export default rule;
