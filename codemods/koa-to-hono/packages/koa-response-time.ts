import { textOf } from '../../shared/edit/work.ts';
import { want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, notCompared, optionsOf } from './options.ts';

/** Not `hono/timing`, whose header is `Server-Timing`. */
function native(use: PackageUse): readonly string[] | string {
  const options = optionsOf(use);
  if (options === null) return NOT_WRITTEN;
  for (const [name, { value }] of options)
    if (name !== 'hrtime' || booleanOf(value) === null) return notCompared(name);
  use.cv.errorsTravel = true;
  const [given] = use.args;
  const name = want(use.cv, use.work, 'support', 'responseTime');
  return [`${name}(${given === undefined ? '' : textOf(use.work, given)})`];
}

const rule: PackageRule = { name: 'koa-response-time', native };
export default rule;
