import semver from 'semver';
import { children, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { textOf } from '../../shared/edit/work.ts';
import { want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, notCompared, optionsOf } from './options.ts';

const LIMIT = /^\d+(?:\.\d+)?(?:b|kb|mb|gb)$/i;

/** JSON, forms and texts; files that are sent stay with what writes them to the disk. */
function native(use: PackageUse): readonly string[] | string {
  const { cv, work } = use;
  const release = cv.releases.get('koa-body') ?? null;
  if (release === null || semver.lt(release, '4.0.0') || semver.gte(release, '9.0.0'))
    return `what \`koa-body\` ${release ?? 'of no known release'} reads was not compared`;
  const options = optionsOf(use);
  if (options === null) return NOT_WRITTEN;
  const items: string[] = [];
  for (const [name, { property, value }] of options) {
    if (name === 'multipart' && booleanOf(value) === false) continue;
    const isFlag = /^(?:json|urlencoded|text)$/.test(name) && booleanOf(value) !== null;
    const isLimit =
      /^(?:json|form|text)Limit$/.test(name) &&
      (typeof value.value === 'number' || LIMIT.test(literalText(value) ?? ''));
    const isMethods =
      name === 'parsedMethods' &&
      value.type === 'ArrayExpression' &&
      children(value, 'elements').every((each) => literalText(each) !== null);
    if (!isFlag && !isLimit && !isMethods) return notCompared(name);
    items.push(textOf(work, property));
  }
  if (semver.lt(release, '6.0.0')) items.push('otherwise: {}');
  const name = want(cv, work, 'support', 'parseSent');
  return [items.length === 0 ? `${name}()` : `${name}({ ${items.join(', ')} })`];
}

const rule: PackageRule = { name: 'koa-body', parses: true, native };
export default rule;
