import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Node, parseSync } from 'oxc-parser';
import { referencedNames } from './parity-ast.ts';

/** One imported name of a block. */
export interface Import {
  from: string;
  /** `default`, or the exported name. */
  imported: string;
  typeOnly: boolean;
}

/** One top-level function, constant or type of a block. Offsets are UTF-16 code units of the block's source. */
export interface Declaration {
  block: string;
  name: string;
  typeOnly: boolean;
  exported: boolean;
  comment: string;
  node: Node;
  start: number;
  end: number;
  references: ReadonlySet<string>;
}

export interface Block {
  source: string;
  imports: ReadonlyMap<string, Import>;
  declarations: ReadonlyMap<string, Declaration>;
}

const cache = new Map<4 | 5, Map<string, Block>>();

/** The parity blocks of an Express version, by name; those in `express4` or `express5` stand beside the shared ones. */
export function loadBlocks(version: 4 | 5): Map<string, Block> {
  const known = cache.get(version);
  if (known) return known;
  const root = new URL('./parity-source/', import.meta.url);
  const folders = [root, new URL(`./express${version}/`, root)];
  const blocks = new Map<string, Block>();
  for (const folder of folders) {
    for (const file of readdirSync(folder).sort()) {
      if (file.endsWith('.ts')) blocks.set(basename(file, '.ts'), readBlock(new URL(file, folder)));
    }
  }
  cache.set(version, blocks);
  return blocks;
}

function readBlock(file: URL): Block {
  const block = basename(file.pathname, '.ts');
  const source = readFileSync(file, 'utf8');
  const { program, errors } = parseSync(`${block}.ts`, source);
  if (errors[0]) throw new Error(`parity block ${block}: ${errors[0].message}`);
  const imports = new Map<string, Import>();
  const declarations = new Map<string, Declaration>();
  let previousEnd = 0;
  for (const statement of program.body as Node[]) {
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

function readImport(statement: Extract<Node, { type: 'ImportDeclaration' }>): [string, Import][] {
  const from = statement.source.value;
  return statement.specifiers.map((specifier) => {
    const named = specifier.type === 'ImportSpecifier';
    const imported = named && specifier.imported.type === 'Identifier' ? specifier.imported.name : 'default';
    const typeOnly = statement.importKind === 'type' || (named && specifier.importKind === 'type');
    return [specifier.local.name, { from, imported, typeOnly }];
  });
}

function readDeclaration(block: string, source: string, statement: Node, previousEnd: number): Declaration {
  const exported = statement.type === 'ExportNamedDeclaration';
  const node = exported && statement.declaration ? statement.declaration : statement;
  const comment = source.slice(previousEnd, statement.start).trim();
  let names: ReadonlySet<string> | null = null;
  return {
    block,
    name: declaredName(node),
    typeOnly: node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration',
    exported,
    comment: comment.replace(/^\/\/ (biome-ignore|@ts-).*\n?/gm, '').trimEnd(),
    node,
    start: node.start,
    end: node.end,
    // On first use: an application reaches few of the declarations there are.
    get references() {
      names ??= referencedNames(node);
      return names;
    },
  };
}

function declaredName(node: Node): string {
  if (node.type === 'VariableDeclaration') {
    const id = node.declarations[0]?.id;
    if (id?.type === 'Identifier') return id.name;
  } else if ('id' in node && node.id && 'name' in node.id && typeof node.id.name === 'string') {
    return node.id.name;
  }
  throw new Error(`a parity block may only declare functions, constants and types, not ${node.type}`);
}
