import type { Location } from '../../../src/model/location.ts';
import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { isIdentifier, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { nativeOf } from '../native/decide.ts';
import { nodeReaders } from '../parity/assemble.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Listening, OwnRuntime, OwnServer } from '../state/own-server.ts';
import { readListening, type Stays, stays } from './listening.ts';
import { readUses } from './server-uses.ts';
import { canWrite } from './write.ts';

/**
 * Decides whether the application listens with the server of the runtime it goes to. Where a place needs Node's own, it
 * stays with that, and the place is told.
 */
export function decideServer(conversion: Conversion, modules: Modules): void {
  const { options, idiomatic, worlds } = conversion;
  const { target } = options;
  if (idiomatic === null || worlds !== null || (target !== 'bun' && target !== 'deno')) return;
  const found = read(conversion, modules, target);
  if (found === null) return;
  if (!('reason' in found)) {
    conversion.ownServer = found;
    // The same function, as this server tells it.
    for (const { wanted } of conversion.files.values()) {
      const names = wanted.get('@hono/node-server/conninfo');
      if (names === undefined) continue;
      wanted.delete('@hono/node-server/conninfo');
      wanted.set(`hono/${target}`, names);
    }
    return;
  }
  const own = target === 'bun' ? 'Bun.serve' : 'Deno.serve';
  conversion.remarks.push({
    location: found.location,
    rule: 'entry/own-server',
    reason: `@hono/node-server stays, and not \`${own}\`, because of this: ${found.reason}`,
  });
}

function read(conversion: Conversion, modules: Modules, runtime: OwnRuntime): OwnServer | Stays | null {
  const { program } = conversion;
  const calls = program.appCalls.filter(({ member }) =>
    /^(listen|createServer|createSecureServer|request)$/.test(member),
  );
  const [first, second] = calls;
  if (first === undefined) return null;
  const need = nodeNeed(conversion);
  if (need !== null) return need;
  const other = first.member === 'listen' ? second : first;
  if (other !== undefined) {
    const reason =
      other.member === 'listen' ? 'the application listens twice' : 'this makes a server of Node’s';
    return { location: other.location, reason };
  }
  const listening = readListening(conversion, first);
  if ('reason' in listening) return listening;
  const test = testThatListens(modules, listening);
  if (test !== null) return stays(listening.work, listening.call, `${test} runs this, on Node’s server`);
  const uses = readUses(listening, runtime);
  if (!Array.isArray(uses)) return uses as Stays;
  return canWrite({ runtime, listening, uses })
    ? { runtime, listening, uses }
    : stays(
        listening.work,
        listening.callback ?? listening.call,
        'this callback runs once the server listens',
      );
}

/** What of the application reads Node's own request, response or socket. */
function nodeNeed(conversion: Conversion): Stays | null {
  const { bridges, idiomatic, program, nodeNeeds } = conversion;
  const [bridge] = bridges;
  if (bridge !== undefined)
    return { location: placeOf(bridge), reason: `\`${bridge.name}\` runs behind a bridge to Node’s request` };
  const [need] = nodeNeeds;
  if (need !== undefined) return need;
  const app = program.routers.find(({ kind }) => kind === 'app');
  if (app === undefined) return null;
  if (idiomatic?.whole.has(OWN_SERVER))
    return { location: app.location, reason: 'another application of this folder stays with it' };
  const names = [...conversion.parity].filter((name) => name !== 'nodeApp' && name !== 'NodeApp');
  const { version: expressVersion } = conversion;
  const [reader] = nodeReaders({ names, expressVersion, native: nativeOf(conversion) });
  return reader === undefined
    ? null
    : { location: app.location, reason: `\`${reader}\`, which it calls, reads Node’s request or response` };
}

const placeOf = ({ file, line, column }: Location): Location => ({ file, line, column });

/** Stands among the parts of the module that are taken whole where another application needs Node's server. */
export const OWN_SERVER = 'own-server';

/** A test that loads the file that listens, unless that only listens when it is started itself. */
function testThatListens(modules: Modules, { work, call }: Listening): string | null {
  if (isGuarded(work.parents, call)) return null;
  for (const test of modules.paths.filter(isTestFile)) {
    const seen = new Set([test]);
    for (const path of seen) {
      if (path === work.file.path) return test;
      for (const imported of modules.importsOf(path)) seen.add(imported);
    }
  }
  return null;
}

/** `if (require.main === module)`, `if (process.env.NODE_ENV !== 'test')`, `if (import.meta.main)`. */
function isGuarded(parents: ReadonlyMap<SyntaxNode, SyntaxNode>, call: SyntaxNode): boolean {
  for (let up = parents.get(call); up !== undefined; up = parents.get(up)) {
    if (up.type !== 'IfStatement') continue;
    const test = up.test as SyntaxNode;
    const members = findAll(test, 'MemberExpression').filter(isMember);
    if (members.some((each) => /^(main|NODE_ENV|parent)$/.test(memberName(each) ?? ''))) return true;
    if (findAll(test, 'Identifier').some((each) => isIdentifier(each, 'NODE_ENV'))) return true;
  }
  return false;
}
