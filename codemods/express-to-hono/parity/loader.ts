import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { child, children, field } from '../../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { referencedNames } from './ast.ts';
import { foldNeeds } from './fold.ts';

/** One imported name of a block. */
export interface Import {
  from: string;
  /** `default`, or the exported name. */
  imported: string;
  typeOnly: boolean;
}

/** One top-level function, constant or type of a block. */
export interface Declaration {
  block: string;
  name: string;
  typeOnly: boolean;
  exported: boolean;
  comment: string;
  node: SyntaxNode;
  references: ReadonlySet<string>;
}

export interface Block {
  source: string;
  imports: ReadonlyMap<string, Import>;
  declarations: ReadonlyMap<string, Declaration>;
}

/** Servers that the support file can be written for: `node` is that of @hono/node-server, on any runtime. */
export type ServerName = 'node' | 'bun' | 'deno';

const ROOT = new URL('../parity-source/', import.meta.url);
const NEEDS = '/needs.ts';
const folders = new Map<string, ReadonlyMap<string, Block>>();
/** Blocks that are written in more than one way, by what is left out of them. */
const folded = new Map<string, Block>();

/**
 * The parity blocks of an Express version, by name; those in `express4` or `express5` stand beside the shared ones.
 *
 * @param native names of blocks in `native` that stand in the place of those: what Hono does with the least beside it.
 * Those that take no place are there wherever one of them is.
 * @param server the one that the application listens with: what it tells of a connection is read in its own way
 * @param without names of `needs` that the application does not have
 */
export function loadBlocks(
  version: 4 | 5,
  native: readonly string[] = [],
  server: ServerName = 'node',
  without: ReadonlySet<string> = new Set(),
): Map<string, Block> {
  const blocks = new Map([...folder('.'), ...folder(`express${version}`)]);
  if (native.length > 0) {
    const whole = [...blocks.keys()];
    for (const [name, block] of [...folder('native'), ...folder(`native/express${version}`)])
      if (native.includes(name) || !whole.includes(name)) blocks.set(name, block);
    if (server !== 'node') for (const [name, block] of folder(`on-${server}`)) blocks.set(name, block);
  }
  const hasNeeds = ({ imports }: Block) => [...imports.values()].some(({ from }) => from.endsWith(NEEDS));
  for (const [name, block] of blocks) if (hasNeeds(block)) blocks.set(name, asNeeded(name, block, without));
  return blocks;
}

function asNeeded(name: string, { source }: Block, without: ReadonlySet<string>): Block {
  const key = `${[...without].sort()} ${source}`;
  const known = folded.get(key) ?? readBlock(name, foldNeeds(`${name}.ts`, source, without));
  folded.set(key, known);
  return known;
}

/** Names of the blocks in `native`. */
export const nativeBlocks = (): string[] => [...folder('native').keys()];

function folder(name: string): ReadonlyMap<string, Block> {
  const url = new URL(`${name}/`, ROOT);
  const known =
    folders.get(name) ??
    new Map(
      readdirSync(url)
        .sort()
        .filter((file) => file.endsWith('.ts') && file !== basename(NEEDS))
        .map((file) => {
          const block = basename(file, '.ts');
          return [block, readBlock(block, readFileSync(new URL(file, url), 'utf8'))];
        }),
    );
  folders.set(name, known);
  return known;
}

function readBlock(block: string, source: string): Block {
  const { program } = parseFile(`${block}.ts`, source);
  const imports = new Map<string, Import>();
  const declarations = new Map<string, Declaration>();
  let previousEnd = 0;
  for (const statement of children(program, 'body')) {
    if (statement.type === 'ImportDeclaration') {
      for (const [local, item] of readImport(statement)) imports.set(local, item);
    } else {
      const declaration = readDeclaration(block, source, statement, previousEnd);
      declarations.set(declaration.name, declaration);
    }
    previousEnd = statement.end;
  }
  return { source, imports, declarations };
}

function readImport(statement: SyntaxNode): [string, Import][] {
  const from = nameOf(statement, 'source', 'value');
  return children(statement, 'specifiers').map((specifier) => {
    const named = specifier.type === 'ImportSpecifier';
    const typeOnly = field(statement, 'importKind') === 'type' || field(specifier, 'importKind') === 'type';
    const imported = named ? nameOf(specifier, 'imported', 'name') : 'default';
    return [nameOf(specifier, 'local', 'name'), { from, imported, typeOnly }];
  });
}

function nameOf(node: SyntaxNode, part: string, name: string): string {
  const inner = child(node, part);
  return inner === null ? '' : field(inner, name);
}

function readDeclaration(
  block: string,
  source: string,
  statement: SyntaxNode,
  previousEnd: number,
): Declaration {
  const exported = statement.type === 'ExportNamedDeclaration';
  const node = (exported ? child(statement, 'declaration') : null) ?? statement;
  const comment = source.slice(previousEnd, statement.start).trim();
  let names: ReadonlySet<string> | null = null;
  return {
    block,
    name: declaredName(node),
    typeOnly: node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration',
    exported,
    comment: comment.replace(/^\/\/ (biome-ignore|@ts-).*\n?/gm, '').trimEnd(),
    node,
    // On first use: an application reaches few of the declarations there are.
    get references() {
      names ??= referencedNames(node);
      return names;
    },
  };
}

function declaredName(node: SyntaxNode): string {
  const named = node.type === 'VariableDeclaration' ? children(node, 'declarations')[0] : node;
  const name = named === undefined ? '' : nameOf(named, 'id', 'name');
  if (name === '') {
    throw new Error(`a parity block may only declare functions, constants and types, not ${node.type}`);
  }
  return name;
}
