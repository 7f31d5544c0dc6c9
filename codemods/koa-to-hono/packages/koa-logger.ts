import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import { registrationsOf } from '../facts/registrations.ts';
import { leaveOut, want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';

/** Lines on the console, which no client sees: Hono's own has no length of the answer. */
function native(use: PackageUse): readonly string[] | string {
  const { cv, work, file, call, args } = use;
  if (args.length > 0) return 'where it prints to was not compared';
  leaveOut(cv, file, call, 'log-format');
  cv.logs ??= outermost(use);
  return [`${want(cv, work, 'hono/logger', 'logger', false, call)}()`];
}

/** The statement that registers it before all others: what answers errors has to stand behind it, so that it sees their status. */
function outermost({ cv, work, call }: PackageUse) {
  const first = registrationsOf(cv.flow).find(
    ({ kind, member }) => kind === 'application' && member === 'use',
  );
  const statement = first === undefined ? undefined : work.parents.get(first.node);
  return first !== undefined &&
    argumentsOf(first.node)[0] === call &&
    statement?.type === 'ExpressionStatement'
    ? statement
    : null;
}

const rule: PackageRule = { name: 'koa-logger', native };
export default rule;
