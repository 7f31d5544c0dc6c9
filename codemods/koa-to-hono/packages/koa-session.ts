import semver from 'semver';
import type { Value } from '../../../src/workspace/syntax/flow/values.ts';
import { isIdentifier, literalText, parametersOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { type FileWork, spanOf } from '../../shared/edit/work.ts';
import { kindOf } from '../facts/registrations.ts';
import { type Conversion, want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { booleanOf, NOT_WRITTEN, namedOptions, notCompared } from './options.ts';

const FLAGS = /^(?:overwrite|httpOnly|signed|rolling|renew|secure)$/;
const TEXTS = /^(?:key|path|domain|prefix|sameSite)$/;

/** The same cookies and the same store: who is logged in stays so. */
function native(use: PackageUse): readonly Part[] | string {
  const { cv, work, args } = use;
  const release = cv.releases.get('koa-session') ?? null;
  if (release === null || semver.lt(release, '5.0.0') || semver.gte(release, '8.0.0'))
    return `what \`koa-session\` ${release ?? 'of no known release'} keeps was not compared`;
  const [given, ...more] = args.filter((arg) => !isApplication(cv, arg));
  if (more.length > 0 || args.length > 2) return NOT_WRITTEN;
  const options = namedOptions(work, given);
  if (options === null) return NOT_WRITTEN;
  for (const [name, { value }] of options) {
    const reason = unfit(cv, name, value);
    if (reason !== null) return reason;
  }
  if (!cv.signs && booleanOf(options.get('signed')?.value) !== false)
    return 'the keys that its cookies are signed with could not be followed';
  cv.errorsTravel = true;
  const name = want(cv, work, 'support', 'sessions');
  const old = semver.lt(release, '6.0.0') && !options.has('key') ? "key: 'koa:sess'" : null;
  if (given === undefined) return [old === null ? `${name}()` : `${name}({ ${old} })`];
  return old === null ? [`${name}(`, spanOf(given), ')'] : [`${name}({ ${old}, ...`, spanOf(given), ' })'];
}

const isApplication = ({ flow }: Conversion, node: SyntaxNode): boolean => {
  const values = flow.valuesOf(node);
  return values.length > 0 && values.every((value) => kindOf(value) === 'application');
};

/** Why an option cannot be handed on; null where it can. */
function unfit(cv: Conversion, name: string, value: SyntaxNode): string | null {
  if (name === 'autoCommit') return booleanOf(value) === true ? null : notCompared(name);
  if (name === 'maxAge') return null;
  if (FLAGS.test(name)) return value.type === 'FunctionExpression' ? notCompared(name) : null;
  if (TEXTS.test(name))
    return literalText(value) !== null || cv.flow.valuesOf(value).every(({ kind }) => kind === 'text')
      ? null
      : notCompared(name);
  if (name !== 'store') return notCompared(name);
  const values = cv.flow.valuesOf(value);
  return values.length > 0 && values.every((each) => isStore(cv, each))
    ? null
    : 'its store gets what Koa gives, or could not be followed';
}

/** Stores of packages that ask nothing of Koa's context. */
const STORES = new Set(['koa-redis']);

/** Whether a store does without the context, which it gets behind the session. */
function isStore({ flow, editing }: Conversion, store: Value): boolean {
  if (store.kind === 'external') return STORES.has(store.module);
  if (store.kind !== 'object' && store.kind !== 'instance') return false;
  const taken: Record<string, number> = { get: 2, set: 3, destroy: 1 };
  return Object.entries(taken).every(([name, count]) => {
    // What a class of a package has of the same name is not what is called.
    const own = [...flow.memberOf(store, name).values].filter((each) => each.kind === 'function');
    return (
      own.length > 0 &&
      own.every(({ file, node }) =>
        parametersOf(node)
          .slice(count)
          .every((parameter) => isUnused(editing.workOf(file), parameter)),
      )
    );
  });
}

const isUnused = ({ bindings }: FileWork, parameter: SyntaxNode): boolean =>
  isIdentifier(parameter) && bindings.bindingOf(parameter)?.references.length === 0;

const rule: PackageRule = {
  name: 'koa-session',
  lends: { 'ctx.session': { support: 'sessionOf', is: 'reads', sets: 'setSession' } },
  native,
};
export default rule;
