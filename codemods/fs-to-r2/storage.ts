import { readFileSync } from 'node:fs';
import { child, children, field, isIdentifier } from '../../src/workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { stripTypes } from '../../src/workspace/syntax/strip-types.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';

/**
 * Calls of `node:fs` that the storage module can stand in for, with a callback or as a promise; streams as they are.
 * `mkdirSync` is the one synchronous call: a bucket has no folders, so there is no answer to wait for.
 */
export const SUPPORTED: ReadonlySet<string> = new Set([
  ...['stat', 'access', 'mkdir', 'mkdirSync', 'unlink', 'rename', 'readFile', 'writeFile', 'readdir'],
  ...['createReadStream', 'createWriteStream'],
]);

export interface StorageRequest {
  /** Calls the application makes; of `SUPPORTED`. */
  names: readonly string[];
  /** Statement that brings the names of `folder` into the module, if it needs one. */
  folderImport: string | null;
  /** The folder, as an expression. */
  folder: string;
  format: 'esm' | 'cjs';
  typescript: boolean;
}

interface Part {
  name: string;
  file: ParsedFile;
  /** Overloads come as parts of one name. */
  statements: { node: SyntaxNode; comment: string }[];
  typeOnly: boolean;
  uses: Set<string>;
}

const HEADER = `/**
 * Keeps this application's stored files: on disk, or in a bucket once \`useBucket\` was called, as the Workers entry does.
 * The calls are those of \`node:fs\`. The file is yours: nothing will write to it again.
 */`;

/** Whether a file is a storage module of ours. */
export const isStorageModule = (text: string): boolean =>
  text.slice(0, 400).includes("Keeps this application's stored files");

/** What a module of ours offers besides the calls asked for. */
const ALWAYS = ['useBucket', 'Bucket', 'FileStats'];
const SOURCES = ['file-storage.ts', 'file-streams.ts'];

let sources: readonly ParsedFile[] | null = null;

/** Writes the storage module with the calls asked for and nothing else. The same request gives the same text. */
export function storageModule(request: StorageRequest): string {
  const parts = new Map(readSources().flatMap((file) => [...partsOf(file)]));
  const wanted = new Set<Part>();
  const pending = ['useBucket', ...request.names, ...(request.typescript ? ['Bucket'] : [])];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const part = parts.get(name);
    if (part === undefined || wanted.has(part)) continue;
    wanted.add(part);
    pending.push(...part.uses);
  }
  const chosen = [...parts.values()].filter(
    (part) => wanted.has(part) && (request.typescript || !part.typeOnly),
  );
  const cjs = request.format === 'cjs' && !request.typescript;
  const offered = new Set([...ALWAYS, ...request.names]);
  const body = chosen.map((part) => print(part, request, offered.has(part.name) && !cjs));
  const exported = chosen.map(({ name }) => name).filter((name) => offered.has(name));
  const sections = [
    ...(cjs ? [`'use strict';`] : []),
    HEADER,
    imports(body.join('\n'), request, cjs),
    ...body,
    ...(cjs ? [`module.exports = {\n${exported.map((name) => `  ${name},\n`).join('')}};`] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function readSources(): readonly ParsedFile[] {
  sources ??= SOURCES.map((name) => {
    const url = new URL(`./storage-source/${name}`, import.meta.url);
    return parseFile(name, readFileSync(url, 'utf8'));
  });
  return sources;
}

function partsOf(file: ParsedFile): Map<string, Part> {
  const parts = new Map<string, Part>();
  let previousEnd = 0;
  for (const statement of children(file.program, 'body')) {
    const comment = file.text.slice(previousEnd, statement.start).trim();
    previousEnd = statement.end;
    if (statement.type === 'ImportDeclaration') continue;
    const node = child(statement, 'declaration') ?? statement;
    const declared = children(node, 'declarations')[0] ?? node;
    const name = field(child(declared, 'id') ?? declared, 'name');
    const part = parts.get(name) ?? {
      ...{ name, file, statements: [], uses: new Set<string>() },
      typeOnly: /^TS(Interface|TypeAlias)/.test(node.type),
    };
    part.statements.push({ node, comment });
    walk(
      node,
      { enter: (inner) => void (isIdentifier(inner) && part.uses.add(inner.name as string)) },
      { types: true },
    );
    parts.set(name, part);
  }
  return parts;
}

function print(part: Part, request: StorageRequest, isExported: boolean): string {
  const { file } = part;
  if (part.name === 'folder') return `const folder = ${request.folder};`;
  const exported = isExported ? 'export ' : '';
  const text = (node: SyntaxNode) =>
    request.typescript ? file.text.slice(node.start, node.end) : stripTypes(file.text, node);
  const kept = part.statements.filter(({ node }) => request.typescript || node.type !== 'TSDeclareFunction');
  const comment = part.statements.map((one) => one.comment).find((one) => one !== '');
  return [...(comment ? [comment] : []), ...kept.map(({ node }) => exported + text(node))].join('\n');
}

function imports(body: string, { folderImport, typescript }: StorageRequest, cjs: boolean): string {
  const used = (names: readonly string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const from = (names: string[], module: string) =>
    names.length === 0
      ? []
      : [
          cjs
            ? `const { ${names.join(', ')} } = require('${module}');`
            : `import { ${names.join(', ')} } from '${module}';`,
        ];
  const paths = used(['isAbsolute', 'join', 'relative', 'resolve', 'sep']);
  const streams = used(['Readable', 'Writable']).map((name) =>
    typescript && !body.includes(`new ${name}(`) && !body.includes(`${name}.from(`) ? `type ${name}` : name,
  );
  return [
    cjs ? `const fs = require('node:fs');` : `import * as fs from 'node:fs';`,
    ...from(paths, 'node:path'),
    ...from(streams, 'node:stream'),
    ...(folderImport === null ? [] : [folderImport]),
  ].join('\n');
}
