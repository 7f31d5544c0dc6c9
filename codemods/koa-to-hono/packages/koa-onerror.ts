import semver from 'semver';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { kindOf } from '../facts/registrations.ts';
import { type Conversion, leaveOut, refuse } from '../state/conversion.ts';
import type { PackageRule } from './contract.ts';

const NAME = 'koa-onerror';

/** `onerror(app)`: the page of errors that nobody caught is by what the client accepts. */
export function readErrorPage(cv: Conversion) {
  for (const { callee, node, file } of cv.flow.externalCalls) {
    if (callee.kind !== 'external' || callee.module !== NAME) continue;
    const work = cv.editing.workOf(file);
    const [app, ...options] = argumentsOf(node);
    const statement = work.parents.get(node);
    const values = app === undefined ? [] : cv.flow.valuesOf(app);
    const isApp = values.length > 0 && values.every((value) => kindOf(value) === 'application');
    const release = cv.releases.get(NAME) ?? null;
    if (release === null || semver.lt(release, '4.0.0') || semver.gte(release, '6.0.0'))
      refuse(
        cv,
        file,
        node,
        `packages/${NAME}`,
        `what \`${NAME}\` ${release ?? 'of no known release'} answers was not compared`,
      );
    else if (!isApp || options.length > 0 || statement?.type !== 'ExpressionStatement')
      refuse(cv, file, node, `packages/${NAME}`, `\`${NAME}\`: its options were not compared`);
    else {
      deleteStatement(cv.editing, work, statement, `packages/${NAME}`);
      leaveOut(cv, file, node, 'error-page');
      cv.errorPage = 'acceptedPage';
    }
  }
}

const rule: PackageRule = { name: NAME, native: () => 'it is no middleware' };
export default rule;
