import { packagesIn } from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { calleeOf, isIdentifier, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atStart } from '../../shared/edit/draft.ts';
import { importName, parityName } from '../edit/imports.ts';
import { objectText } from '../edit/object-text.ts';
import { methodNames } from '../members/method-names.ts';
import { isNative } from '../native/decide.ts';
import { isParser } from '../native/parsers.ts';
import { outermost, routingOf } from '../routing/express-defaults.ts';
import { type Conversion, type FileWork, spanOf } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import type { Element, Worlds } from '../state/worlds.ts';
import { appEnv } from '../types/context-type.ts';
import { writeChain } from './chains.ts';
import { sharedCalls, withShared } from './copies.ts';
import { writeTwin } from './twins.ts';
import { dividedPaths } from './walls.ts';

/** `const hono = new Hono(…);` before the application, and `besideExpress(hono, express())` in its place. */
export function writeFront(conversion: Conversion, worlds: Worlds): void {
  const [app] = conversion.program.routers;
  if (app === undefined) return;
  const { statement } = worlds.home;
  const work = conversion.workOf(app.file);
  const { newline, semicolon } = work.layout;
  const end = `${semicolon}${newline}${work.layout.indentAt(statement.start)}`;
  const hono = importName(conversion, work, 'hono', 'Hono');
  const type = work.file.typescript ? `<${appEnv(conversion, work)}>` : '';
  const made = `const ${worlds.hono} = new ${hono}${type}(${routingOf(conversion, work, app)})${end}`;
  const lines = outermost(conversion, work, app).map((call) => `${worlds.hono}.${call}${end}`);
  work.draft.lead(atStart(statement), [made, ...lines].join(''), 'worlds/hono');
  const paths = worlds.split.taken.flatMap(({ prefix }) =>
    prefix === null ? [] : [work.layout.string(prefix)],
  );
  const divided = [...new Set(dividedPaths(worlds.split).flatMap((each) => each.paths.map(written)))].sort();
  const whole = worlds.program.routers.find(({ creation }) => creation === app.creation);
  const names = methodNames({ ...conversion, program: worlds.program }, whole ?? app) ?? [];
  for (const { handlers } of worlds.split.idle.flatMap(({ registrations }) => registrations))
    for (const argument of handlers.flatMap(packagesIn))
      if (isParser(argument)) leaveOut(conversion, work, argument.node, 'body');
  const how = [
    ...(paths.length === 0 ? [] : [`below: [${[...new Set(paths)].join(', ')}]`]),
    ...(divided.length === 0
      ? []
      : [`divided: [${divided.map((each) => work.layout.string(each)).join(', ')}]`]),
    ...(names.length === 0
      ? []
      : [
          `methodOf: ${parityName(conversion, work, isNative(conversion, 'beside-express') ? 'methodOfQuery' : 'methodNamed')}(${names.map((each) => work.layout.string(each)).join(', ')})`,
        ]),
  ];
  const given = how.length === 0 ? '' : `, { ${how.join(', ')} }`;
  const beside = parityName(conversion, work, 'besideExpress');
  work.draft.replace(
    app.creation,
    [`${beside}(${worlds.hono}, `, spanOf(app.creation), `${given})`],
    'worlds/beside',
  );
}

/** What of a path is written out, up to its first parameter. */
const written = (path: string): string => /^(?:\/[\w.~-]+(?=\/|$))*/.exec(path)?.[0] ?? '';

/** Names of the constants for middleware that both worlds run: one session store, one limit. */
export function nameShared({ workOf, options }: Conversion, both: readonly Element[]) {
  const shared = new Map<SyntaxNode, string>();
  for (const element of both) {
    for (const { file, node: call } of sharedCalls(element, options.natives)) {
      const work = workOf(file);
      const callee = calleeOf(call);
      const name = isIdentifier(callee) ? String(callee.name) : (memberName(callee) ?? 'shared');
      const constant = freshName(work.bindings.module, `${name}Middleware`, work.taken);
      work.taken.add(constant);
      shared.set(call, constant);
    }
  }
  return shared;
}

/** Writes what both worlds have twice, and names Hono's application where the rest of a statement is Hono's. */
export function writeWorlds(conversion: Conversion, worlds: Worlds): void {
  const { split, shared } = worlds;
  for (const element of [...split.taken, ...split.both]) {
    const [first] = element.registrations;
    if (first === undefined || element.statement === null || element.object === null) continue;
    const work = conversion.workOf(first.file);
    if (split.both.includes(element)) {
      work.draft.copy(atStart(element.statement), original(work, element.statement, shared), 'worlds/both');
    }
    // The part of a divided router has the name of its twin.
    if (element.mount === null)
      work.draft.replace(element.object, [objectText(conversion, work, element.object)], 'worlds/hono');
  }
  writeChain(
    conversion,
    worlds,
    split.both.filter((each) => each.isChained),
  );
  for (const twin of worlds.twins) writeTwin(conversion, twin);
}

/** A statement as it stands, with what it shares with Hono in constants before it. */
function original(work: FileWork, statement: SyntaxNode, shared: ReadonlyMap<SyntaxNode, string>): string {
  const end = work.layout.newline + work.layout.indentAt(statement.start);
  const { constants, rest } = withShared(work, shared, statement, end);
  return constants + rest + end;
}
