import { basename } from 'node:path';
import { MigrateError } from '../../../src/model/errors.ts';
import { splitSpecifier } from '../../../src/workspace/syntax/resolve.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { NEEDS_DISK, NEEDS_NODE_SERVER, PACKAGES, SECTIONS } from './blocks.ts';
import { type Block, type Declaration, loadBlocks, type ServerName } from './loader.ts';
import { type LocalImport, printModule } from './print.ts';
import { asInRelease } from './releases.ts';

export interface ParityRequest {
  /** Functions the converted application calls. */
  names: readonly string[];
  /** Module format of JavaScript output; TypeScript is always written with `import` and `export`. */
  format: 'esm' | 'cjs';
  typescript: boolean;
  /** In TypeScript: a package that is one function is loaded by `import name = require(…)`, not as a default import. */
  whole?: boolean;
  expressVersion: 4 | 5;
  /** The version whose rules body parsers follow, where it is not the same. */
  bodyRules?: 4 | 5;
  /** Blocks that are taken as Hono has them: see `loadBlocks`. */
  native?: readonly string[];
  /** The server that the application listens with, where it is not Node's. */
  server?: ServerName;
  /** Names of `needs` that the application does not have: see `foldNeeds`. */
  without?: readonly string[];
  /** The exact release, where it is known: earlier ones answered some things otherwise. */
  release?: string | null;
}

export interface ParityModule {
  text: string;
  /** Packages the module imports, with the versions it was measured with; `hono` is not among them. */
  dependencies: Record<string, string>;
  /** Type packages a TypeScript project needs besides. */
  devDependencies: Record<string, string>;
  /** For each requested function, the runtimes it works on. */
  runtimes: Record<string, string[]>;
}

/**
 * Writes one module with the named parity functions, what they need, and nothing else.
 * The same request always gives the same text.
 *
 * @throws {MigrateError} `PARITY_NAME` for a name no block exports
 */
export function assembleParity(request: ParityRequest): ParityModule {
  const blocks = blocksOf(request);
  const wanted = reach(blocks, request.names);
  const declarations = inReadingOrder(blocks, wanted).filter(
    ({ typeOnly }) => request.typescript || !typeOnly,
  );
  const imports = packageImports(blocks, declarations).filter((item) => request.typescript || !item.typeOnly);
  const modules = [...new Set(imports.map(({ from }) => splitSpecifier(from).name))].filter(
    (name) => name in PACKAGES,
  );
  const names = [...new Set(request.names)].sort();
  return {
    text: asInRelease(
      printModule({ ...request, names }, blocks, declarations, imports),
      request.release ?? null,
    ),
    dependencies: Object.fromEntries(
      modules.sort().map((name) => [name, versionOf(name, request.expressVersion)]),
    ),
    devDependencies: request.typescript ? typePackages(modules, request.expressVersion) : {},
    runtimes: Object.fromEntries(names.map((name) => [name, runtimesOf(name)])),
  };
}

/** A version's blocks, the rules of its body parsers by themselves. */
function blocksOf({
  expressVersion,
  bodyRules = expressVersion,
  native,
  server,
  without = [],
}: Pick<ParityRequest, 'expressVersion' | 'bodyRules' | 'native' | 'server' | 'without'>): Map<
  string,
  Block
> {
  const blocks = loadBlocks(expressVersion, native, server, new Set(without));
  const rules = loadBlocks(bodyRules).get('body-rules');
  return rules === undefined ? blocks : new Map(blocks).set('body-rules', rules);
}

/** Those of some functions that lead to Node's own request or response: the server must be one of Node's for them. */
export function nodeReaders(request: Pick<ParityRequest, 'names' | 'expressVersion' | 'native'>): string[] {
  const blocks = blocksOf({ ...request, server: 'bun' });
  return request.names.filter((name) =>
    [...reach(blocks, [name])].some(({ node, block, typeOnly }) => {
      if (typeOnly || block === 'connection') return false;
      return findAll(node, 'Identifier').some((each) => /^(incoming|outgoing)$/.test(String(each.name)));
    }),
  );
}

/** Names the assembler can be asked for with this Express version. */
export function parityNames(expressVersion: 4 | 5, native: readonly string[] = []): string[] {
  return [...loadBlocks(expressVersion, native).values()]
    .flatMap(({ declarations }) => [...declarations.values()])
    .filter(({ exported, typeOnly }) => exported && !typeOnly)
    .map(({ name }) => name)
    .sort();
}

const versionOf = (name: string, version: 4 | 5): string => PACKAGES[name]?.[version] ?? '*';

function typePackages(modules: string[], version: 4 | 5): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of modules) {
    const types = typesOf(name, version);
    if (types !== undefined) found[`@types/${name}`] = types;
  }
  return found;
}

function typesOf(name: string, version: 4 | 5): string | undefined {
  const types = PACKAGES[name]?.types;
  return typeof types === 'object' ? (version === 4 ? types[4] : undefined) : types;
}

function runtimesOf(name: string): string[] {
  return NEEDS_DISK.has(name) || NEEDS_NODE_SERVER.has(name)
    ? ['node', 'bun', 'deno']
    : ['node', 'bun', 'deno', 'workerd'];
}

/** A block in `../express4/` stands for the one of the Express version asked for. */
const blockOf = (from: string): string => basename(from, '.ts');

/** Everything the named functions lead to. */
function reach(blocks: Map<string, Block>, names: readonly string[]): Set<Declaration> {
  const wanted = new Set<Declaration>();
  const pending = names.map((name) => findExport(blocks, name));
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (wanted.has(next)) continue;
    wanted.add(next);
    const block = blocks.get(next.block);
    for (const name of next.references) {
      const own = block?.declarations.get(name);
      const imported = block?.imports.get(name);
      if (own) pending.push(own);
      else if (imported?.from.startsWith('.')) {
        const target = blocks.get(blockOf(imported.from))?.declarations.get(imported.imported);
        if (!target) throw new Error(`parity block ${next.block} imports an unknown ${imported.imported}`);
        pending.push(target);
      }
    }
  }
  return wanted;
}

function findExport(blocks: Map<string, Block>, name: string): Declaration {
  for (const { declarations } of blocks.values()) {
    const declaration = declarations.get(name);
    if (declaration?.exported) return declaration;
  }
  throw new MigrateError('PARITY_NAME', `There is no parity function named ${name}.`, {
    hint: 'The names are those parityNames() lists.',
  });
}

function inReadingOrder(blocks: Map<string, Block>, wanted: Set<Declaration>): Declaration[] {
  const order = SECTIONS.flatMap(([, names]) => names);
  return order.flatMap((name) =>
    [...(blocks.get(name)?.declarations.values() ?? [])].filter((one) => wanted.has(one)),
  );
}

function packageImports(blocks: Map<string, Block>, declarations: Declaration[]): LocalImport[] {
  const found = new Map<string, LocalImport>();
  for (const { block, references, typeOnly } of declarations) {
    for (const [local, item] of blocks.get(block)?.imports ?? []) {
      if (item.from.startsWith('.') || !references.has(local)) continue;
      const key = `${item.from} ${item.imported} ${local}`;
      const isType = item.typeOnly || (typeOnly && !found.has(key));
      found.set(key, { ...item, local, typeOnly: isType && (found.get(key)?.typeOnly ?? true) });
    }
  }
  return [...found.values()];
}
