import type { Registration } from '../../../src/workspace/express/program.ts';
import { argumentsOf, child } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, range } from '../../shared/edit/draft.ts';
import { memberOf } from '../facts/routes/registrations.ts';
import { type Conversion, replace } from '../state/conversion.ts';
import { type Element, type Home, holds, type Worlds } from '../state/worlds.ts';
import { withShared } from './copies.ts';

/** The calls by which a chain that makes an application goes on: `express().use(cors())`. Null where nothing does. */
export const chainOf = ({ statement, name }: Home, creation: SyntaxNode): SyntaxNode | null => {
  const declared = child(statement, 'declaration') ?? statement;
  const made = (declared.declarations as SyntaxNode[] | undefined)?.find(
    (each) => child(each, 'id') === name,
  );
  const init = made === undefined ? null : child(made, 'init');
  return init === null || init.end === creation.end || init.start !== creation.start ? null : init;
};

/** Whether middleware is registered in the chain that makes its application: Hono's is registered after it. */
export const isChained = (home: Home, { on, file, call, method }: Registration): boolean =>
  method === 'use' && file === on.file && argumentsOf(call).length > 0 && holds(home.statement, call);

/** `const app = besideExpress(hono, express()).use(cors());`, as it stands, and `hono.use(corsHeaders());` after it. */
export function writeChain(conversion: Conversion, worlds: Worlds, chained: readonly Element[]): void {
  const [app] = conversion.program.routers;
  const chain = app === undefined ? null : chainOf(worlds.home, app.creation);
  if (app === undefined || chain === null || chained.length === 0) return;
  const work = conversion.workOf(app.file);
  const { newline, semicolon } = work.layout;
  const end = newline + work.layout.indentAt(worlds.home.statement.start);
  const rest = range(chain, app.creation.end, chain.end);
  const own = withShared(work, worlds.shared, rest, end);
  const { draft } = work;
  draft.copy(
    range(chain, worlds.home.statement.start, worlds.home.statement.start),
    own.constants,
    'worlds/both',
  );
  replace(conversion, work, rest, [own.rest], 'worlds/both');
  const calls = chained.flatMap(({ registrations }) => registrations.map(({ call }) => call));
  const lines = calls.flatMap((call) => {
    const member = memberOf(call);
    return member === null ? [] : [`${end}${worlds.hono}.`, range(call, member.start, call.end), semicolon];
  });
  replace(conversion, work, atEnd(worlds.home.statement), lines, 'worlds/both');
}
