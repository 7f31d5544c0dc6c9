import type { Part } from '../../shared/edit/draft.ts';
import { spanOf, textOf } from '../../shared/edit/work.ts';
import { leaveOut, want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, notCompared, optionsOf } from './options.ts';

const FLAGS = /^(?:hidden|immutable|format|brotli|gzip)$/;

/**
 * Not `serveStatic`: that of each runtime serves hidden files, asks no `Cache-Control`, and one of them has no `Last-Modified`.
 */
function native(use: PackageUse): readonly Part[] | string {
  const { cv, work, file, call, args } = use;
  const [root, ...rest] = args;
  if (cv.target === 'workers') return 'a Worker has no files: serve them as its assets';
  if (root === undefined || root.type === 'SpreadElement') return NOT_WRITTEN;
  const options = optionsOf({ args: rest });
  if (options === null) return NOT_WRITTEN;
  for (const [name, { value }] of options) {
    const isFlag = FLAGS.test(name) && booleanOf(value) !== null;
    const isIndex = name === 'index' && (typeof value.value === 'string' || booleanOf(value) === false);
    const isAge =
      /^max[aA]ge$/.test(name) && cv.flow.valuesOf(value).every(({ kind }) => kind !== 'function');
    const isIdle = name === 'defer' && booleanOf(value) === false;
    if (!isFlag && !isIndex && !isAge && !isIdle) return notCompared(name);
  }
  if (cv.koa === 2) leaveOut(cv, file, call, 'file-type');
  const kept = [...options].filter(([name]) => name !== 'defer');
  const more: Part[] =
    kept.length === 0 ? [] : [`, { ${kept.map(([, { property }]) => textOf(work, property)).join(', ')} }`];
  return [`${want(cv, work, 'support', 'staticFiles')}(`, spanOf(root), ...more, ')'];
}

const rule: PackageRule = { name: 'koa-static', native };
export default rule;
