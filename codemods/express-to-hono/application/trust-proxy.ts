import type { AppCall } from '../../../src/workspace/express/program.ts';
import { argumentsOf, child, children, literalText, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, hasEffects } from '../../../src/workspace/syntax/walk.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { parityName } from '../edit/imports.ts';
import { isSubApp, rootsOf, severalApps } from '../facts/routes/sub-apps.ts';
import { type Conversion, type FileWork, remark, replace, spanOf } from '../state/conversion.ts';

/** Calls that make the setting. */
export const trustCalls = ({ program }: Conversion): AppCall[] =>
  program.appCalls.filter(
    ({ call, member }) =>
      /^(set|enable|disable)$/.test(member) &&
      literalText(argumentsOf(call)[0]) === 'trust proxy' &&
      (member !== 'set' || argumentsOf(call).length > 1),
  );

/** A value of the setting that is written out: it can stand wherever it is read. */
export const isWrittenTrust = (value: SyntaxNode | undefined): boolean => {
  const node = value === undefined ? null : unwrap(value);
  const isPlain = (each: SyntaxNode) => /^(number|string|boolean)$/.test(typeof unwrap(each).value);
  if (node === null || isPlain(node)) return true;
  return node.type === 'ArrayExpression' && children(node, 'elements').every(isPlain);
};

/**
 * Notes a call whose value is known only when it runs, or that may not run: it sets what readers ask for then.
 *
 * @returns why that cannot be; null when it can
 */
export function noteLateTrust(conversion: Conversion, { call, file, member }: AppCall): string | null {
  const several = severalApps(conversion);
  // Applications that are mounted in one ask that, unless they are told themselves.
  const isOfRoot =
    rootsOf(conversion.program).length === 1 && trustCalls(conversion).every(({ on }) => !isSubApp(on));
  if (several !== null && !isOfRoot) return several;
  const work = conversion.workOf(file);
  const [, given] = argumentsOf(call);
  conversion.settings.lateTrust.push({
    call,
    work,
    on: member === 'set' && given !== undefined ? given : member === 'enable',
  });
  return null;
}

const SHARED =
  'This application is made in a function. Which proxies are trusted is one value now: applications that the same process makes there share it';

/** Writes those calls once it is known whether anything reads what they set; where nothing does, they go if they can. */
export function writeLateTrust(conversion: Conversion): void {
  const { worlds, parity, settings, program } = conversion;
  const isRead = parity.has('trustedProxy');
  for (const { call, work, on } of settings.lateTrust) {
    if (!isRead && worlds !== null) continue;
    const gone = isRead || (typeof on !== 'boolean' && hasEffects(on)) ? null : alone(work, call);
    if (gone !== null) {
      deleteStatement(conversion, work, gone, 'settings');
      continue;
    }
    // Express goes on reading its own setting.
    const value =
      worlds !== null
        ? [spanOf(call), `.get(${work.layout.string('trust proxy')})`]
        : [typeof on === 'boolean' ? String(on) : spanOf(on)];
    const name = parityName(conversion, work, 'trustProxy');
    replace(conversion, work, call, [`${name}(`, ...value, ')'], 'settings/trust-proxy');
  }
  const app = program.routers.find(({ kind }) => kind === 'app');
  const [first] = settings.lateTrust;
  if (!isRead || first === undefined || app === undefined) return;
  if (enclosingFunction(app.file, app.creation) !== null)
    remark(conversion, first.work, first.call, 'settings/trust-proxy', SHARED);
}

/** The statement that can go with a call: its own, or the condition that it alone stands under; null where something hangs on it. */
function alone({ parents, file }: FileWork, call: SyntaxNode): SyntaxNode | null {
  const statement = parents.get(call);
  const block = statement === undefined ? undefined : parents.get(statement);
  if (statement === undefined || block === undefined) return null;
  const isBlock = block.type === 'BlockStatement';
  const branch = isBlock ? parents.get(block) : block;
  const around = isBlock
    ? file.text.slice(block.start + 1, statement.start) + file.text.slice(statement.end, block.end - 1)
    : '';
  if (branch?.type !== 'IfStatement' || around.trim() !== '')
    return isBlock || block.type === 'Program' ? statement : null;
  const test = child(branch, 'test');
  const isWhole = child(branch, 'alternate') === null && test !== null && !hasEffects(test);
  const outer = parents.get(branch);
  if (isWhole && /^(Program|BlockStatement)$/.test(outer?.type ?? '')) return branch;
  return isBlock ? statement : null;
}
