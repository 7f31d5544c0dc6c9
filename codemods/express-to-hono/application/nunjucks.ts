import type { AppCall } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Range, range } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { severalApps } from '../facts/routes/sub-apps.ts';
import { type Conversion, type FileWork, refuse, replace, spanOf } from '../state/conversion.ts';

/**
 * `nunjucks.configure(views, { express: app })` → `useNunjucks(nunjucks.configure(views, {}))`, and `environment.express(app)` →
 * `useNunjucks(environment)`: the package sets two settings of the application and keeps nothing else of it (3.2.4).
 */
export function convertNunjucks(conversion: Conversion, work: FileWork, { on, call, file }: AppCall): void {
  const give = (reason: string) => refuse(conversion, work, call, 'settings/nunjucks', reason);
  const { unless } = conversion.program.reach(on, file, call);
  const several = severalApps(conversion);
  const why =
    several ??
    (unless === null ? null : `whether Nunjucks finds the views is known only when it runs: ${unless}`);
  if (why !== null) {
    give(why);
    return;
  }
  const callee = calleeOf(call);
  const [first] = argumentsOf(call);
  const options = argumentsOf(call).at(-1);
  const use = parityName(conversion, work, 'useNunjucks');
  if (callee !== null && isHandedAlone(call)) {
    const environment = child(callee, 'object');
    if (environment === null || first === undefined) give('this use of Nunjucks has no rule');
    else replace(conversion, work, call, [`${use}(`, spanOf(environment), ')'], 'settings/nunjucks');
    return;
  }
  const gone = options === undefined ? null : propertyIn(options);
  if (gone === null) {
    give('the options of Nunjucks are not written out where it is configured');
    return;
  }
  replace(conversion, work, gone, [''], 'settings/nunjucks');
  replace(conversion, work, call, [`${use}(`, spanOf(call), ')'], 'settings/nunjucks');
}

/** `environment.express(app)`, where the application is the argument itself. */
const isHandedAlone = (call: SyntaxNode): boolean => {
  const args = argumentsOf(call);
  const property = child(calleeOf(call) ?? call, 'property');
  return args.length === 1 && property?.name === 'express';
};

/** The property `express` of an object that is written out and spreads nothing, with its comma. */
function propertyIn(options: SyntaxNode): Range | null {
  const properties = options.type === 'ObjectExpression' ? children(options, 'properties') : [];
  const at = properties.findIndex((each) => propertyKeyName(each) === 'express');
  const found = properties[at];
  const isPlain = properties.every(({ type, computed }) => type === 'Property' && computed !== true);
  if (found === undefined || !isPlain) return null;
  const next = properties[at + 1];
  const before = properties[at - 1];
  if (next !== undefined) return range(found, found.start, next.start);
  return range(found, before?.end ?? found.start, found.end);
}
