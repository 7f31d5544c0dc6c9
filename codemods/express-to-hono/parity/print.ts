import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { stripTypes } from '../../../src/workspace/syntax/strip-types.ts';
import { SECTIONS } from './blocks.ts';
import { joinLines, WIDEST } from './join-lines.ts';
import type { Block, Declaration, Import } from './loader.ts';
import { NATIVE_MARK, PARITY_MARK } from './own-module.ts';

export interface LocalImport extends Import {
  local: string;
}

/** How the module is written: which names it exports, and in which language. */
export interface ModuleStyle {
  names: readonly string[];
  format: 'esm' | 'cjs';
  typescript: boolean;
  expressVersion: 4 | 5;
  native?: readonly string[] | undefined;
  whole?: boolean;
}

const UNTYPED_IMPORT = /^import .*'(path-to-regexp-express4|express|swagger-ui-dist[^']*)'\)?;$/gm;

const usesRequire = (style: ModuleStyle): boolean => style.format === 'cjs' && !style.typescript;

/** The text of a parity module, its declarations in the order given and under their headings. */
export function printModule(
  style: ModuleStyle,
  blocks: Map<string, Block>,
  declarations: Declaration[],
  imports: LocalImport[],
): string {
  const parts = [
    printHeader(style),
    printImports(imports, style),
    ...printSections(blocks, declarations, style),
  ];
  if (usesRequire(style)) parts.push(printExports(style));
  return `${parts.join('\n\n')}\n`.replace(SHORT_CONSTANTS, '$1');
}

/** Constants of a line each stand together. */
const SHORT_CONSTANTS = /^(const [A-Z][^\n]*;\n)\n(?=const [A-Z][^\n]*;\n)/gm;

function printExports({ names, native }: ModuleStyle): string {
  const [start, end] = ['module.exports = {', '};'];
  if (!native?.length) return `${start}\n${names.map((name) => `  ${name},\n`).join('')}${end}`;
  const line = `${start} ${names.join(', ')} ${end}`;
  if (line.length <= WIDEST) return line;
  const lines = [' '];
  for (const name of names) {
    if (`${lines.at(-1)} ${name},`.length > WIDEST) lines.push(' ');
    lines[lines.length - 1] += ` ${name},`;
  }
  return [start, ...lines, end].join('\n');
}

function printHeader(style: ModuleStyle): string {
  const kept = `${PARITY_MARK} ${style.expressVersion}`;
  const lines = style.native?.length
    ? [
        `${kept}${NATIVE_MARK}`,
        'What nothing imports any more can go. The file is yours: nothing will write to it again.',
      ]
    : [
        `${kept}, byte for byte.`,
        'Each function is one behaviour. To give one up, remove its calls in the application and then the function here;',
        'nothing else depends on it being here. The file is yours: nothing will write to it again.',
      ];
  const strict = usesRequire(style) ? `'use strict';\n\n` : '';
  return `${strict}/**\n${lines.map((line) => ` * ${line}\n`).join('')} */`;
}

function printImports(imports: LocalImport[], style: ModuleStyle): string {
  const isBuiltin = (name: string) => name.startsWith('node:');
  const sources = [...new Set(imports.map(({ from }) => from))].sort(
    (a, b) => Number(isBuiltin(b)) - Number(isBuiltin(a)) || (a < b ? -1 : 1),
  );
  const print = usesRequire(style) ? printRequire : style.whole ? printWhole : printImport;
  const lines = sources.map((from) =>
    print(
      from,
      imports.filter((item) => item.from === from),
    ),
  );
  if (!style.typescript) return lines.join('\n');
  return lines.join('\n').replace(UNTYPED_IMPORT, '// @ts-ignore $1 ships no types\n$&');
}

function printImport(from: string, items: LocalImport[]): string {
  const allTypes = items.every(({ typeOnly }) => typeOnly);
  const main = items.find(({ imported }) => imported === 'default');
  const named = items
    .filter(({ imported }) => imported !== 'default')
    .sort((a, b) => (a.imported < b.imported ? -1 : 1))
    .map(({ imported, local, typeOnly }) => {
      const name = imported === local ? local : `${imported} as ${local}`;
      return typeOnly && !allTypes ? `type ${name}` : name;
    });
  const parts = [...(main ? [main.local] : []), ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])];
  return `import ${allTypes ? 'type ' : ''}${parts.join(', ')} from '${from}';`;
}

/** What a package is as a whole has no `default` where TypeScript makes none. */
function printWhole(from: string, items: LocalImport[]): string {
  const main = items.find(({ imported }) => imported === 'default');
  const named = items.filter((item) => item !== main);
  return [
    ...(main ? [`import ${main.typeOnly ? 'type ' : ''}${main.local} = require('${from}');`] : []),
    ...(named.length > 0 ? [printImport(from, named)] : []),
  ].join('\n');
}

function printRequire(from: string, items: LocalImport[]): string {
  const main = items.find(({ imported }) => imported === 'default');
  const named = items
    .filter(({ imported }) => imported !== 'default')
    .sort((a, b) => (a.imported < b.imported ? -1 : 1))
    .map(({ imported, local }) => (imported === local ? local : `${imported}: ${local}`));
  const lines = main ? [`const ${main.local} = require('${from}');`] : [];
  if (named.length > 0) lines.push(`const { ${named.join(', ')} } = require('${from}');`);
  return lines.join('\n');
}

function printSections(
  blocks: Map<string, Block>,
  declarations: Declaration[],
  style: ModuleStyle,
): string[] {
  return SECTIONS.flatMap(([heading, names]) => {
    const own = declarations.filter(({ block }) => names.includes(block));
    if (own.length === 0) return [];
    const printed = own.map((declaration) => printDeclaration(blocks, declaration, style));
    return style.native?.length ? printed : [`// ${heading}`, ...printed];
  });
}

/** Declarations without their types: a conversion prints most of them several times, and the blocks stay loaded. */
const untyped = new WeakMap<SyntaxNode, string>();

function withoutTypes(source: string, node: SyntaxNode): string {
  const text = untyped.get(node) ?? stripTypes(source, node);
  untyped.set(node, text);
  return text;
}

function printDeclaration(blocks: Map<string, Block>, declaration: Declaration, style: ModuleStyle): string {
  const { block, name, comment, node } = declaration;
  const source = blocks.get(block)?.source ?? '';
  const whole = style.typescript ? source.slice(node.start, node.end) : withoutTypes(source, node);
  const plain = whole.replace(/^ *\/\/ (biome-ignore|@ts-).*\n/gm, '');
  const text = style.native?.length ? joinLines(plain) : plain;
  const exported = style.names.includes(name) && !usesRequire(style) ? 'export ' : '';
  return `${comment}${comment ? '\n' : ''}${exported}${text}`;
}
