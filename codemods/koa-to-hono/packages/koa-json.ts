import { literalText } from '../../../src/workspace/syntax/nodes.ts';
import { want } from '../state/conversion.ts';
import { BRIDGED } from './bridged.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, notCompared, optionsOf } from './options.ts';

/** `prettyJSON` of Hono: always, or where the query has a parameter. */
function native(use: PackageUse): readonly string[] | string {
  const { cv, work } = use;
  const reader = cv.flow.externalCalls.some(
    ({ callee }) =>
      callee.kind === 'external' && BRIDGED[callee.module]?.readsBody && callee.module !== 'koa-json',
  );
  if (reader || cv.trusted.size > 0) return 'something that stays reads what handlers answer';
  const options = optionsOf(use);
  if (options === null) return NOT_WRITTEN;
  const { string } = work.layout;
  const items: string[] = [];
  let isAlways = true;
  for (const [name, { value }] of options) {
    const text = literalText(value);
    if (name === 'pretty' && booleanOf(value) !== null) isAlways = value.value === true;
    else if (name === 'param' && text !== null) items.push(`query: ${string(text)}`);
    else if (name === 'spaces' && typeof value.value === 'number' && value.value > 0)
      items.push(`space: ${value.value}`);
    else return notCompared(name);
  }
  if (isAlways) items.unshift('force: true');
  else if (!options.has('param')) return 'it changes nothing: it can go';
  return [`${want(cv, work, 'hono/pretty-json', 'prettyJSON')}({ ${items.join(', ')} })`];
}

const rule: PackageRule = { name: 'koa-json', native };
export default rule;
