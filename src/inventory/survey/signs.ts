import type { Sign } from '../../model/inventory.ts';
import { resolvedBindings, resolvePart } from '../../workspace/syntax/bindings.ts';
import {
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { partWith } from '../../workspace/syntax/part.ts';
import { walk } from '../../workspace/syntax/walk.ts';
import { evidenceIn } from '../evidence.ts';
import { isTestFile } from '../reach/test-files.ts';

/** Only a file with one of these words can show a sign: the rest is not walked. */
const WORDS = /\b(?:Bun|Deno|console|runtime|maxDuration)\b|["'`](?:bun|npm|jsr|https?|cloudflare):/;
/** Imports of one runtime only. */
const SCHEME = /^(bun|npm|jsr|https?|cloudflare):/;
/** The start of such an import, where one may stand. */
const QUOTED_SCHEME = /["'`](?:bun|npm|jsr|https?|cloudflare):/g;
/** Globals of one runtime only. */
const RUNTIMES = new Set(['Bun', 'Deno']);
const CONSOLE = new Set(['console']);
const GLOBALS = new Set([...RUNTIMES, ...CONSOLE]);
const ENDING = /\.[cm]?[jt]sx?$|\.(json|node|wasm|css|svg|png|html)$/;
/** Places of one name in one file: a rule needs a few, and a count. */
const MOST = 20;

/** What one source says of the runtime and the platform it is for, by bindings and syntax. */
export function signsIn(file: ParsedFile): Sign[] {
  const signs: Sign[] = [];
  const counts = new Map<string, number>();
  const note = (kind: Sign['kind'], name: string, { start }: SyntaxNode) => {
    const count = (counts.get(`${kind} ${name}`) ?? 0) + 1;
    counts.set(`${kind} ${name}`, count);
    if (count <= MOST) signs.push({ ...evidenceIn(file, file.locate(start), start, 'read'), kind, name });
  };
  if (isTestFile(file.path)) return signs;
  const isSaid = WORDS.test(file.text);
  // The tree is made on first use: most files show nothing, and are not made one for this.
  if (!isSaid && !file.requests.some((source) => isTelling(source, file))) return signs;
  for (const node of children(file.program, 'body')) noteModule(node, file, note);
  if (!isSaid) return signs;
  // Only where these names stand is looked, and only they are resolved.
  const part = partWith(file, GLOBALS, QUOTED_SCHEME);
  const { bindingOf } = resolvedBindings(file) ?? resolvePart(file, part);
  const isGlobal = (node: SyntaxNode | null, names: ReadonlySet<string>): node is SyntaxNode =>
    isIdentifier(node) && names.has(String(node.name)) && bindingOf(node) === null;
  walk(file.program, {
    enter(node) {
      if (!part.holds(node)) return 'skip';
      if (node.type === 'ImportExpression') {
        const scheme = SCHEME.exec(literalText(child(node, 'source')) ?? '');
        if (scheme) note('runtime-api', literalText(child(node, 'source')) ?? '', node);
      }
      if (isMember(node) && isGlobal(child(node, 'object'), RUNTIMES))
        note('runtime-api', `${String(child(node, 'object')?.name)}.${memberName(node) ?? '[…]'}`, node);
      const callee = isCall(node) ? child(node, 'callee') : null;
      if (isMember(callee) && isGlobal(child(callee, 'object'), CONSOLE))
        note('log-call', `console.${memberName(callee) ?? '[…]'}`, node);
      return undefined;
    },
  });
  return signs;
}

type Note = (kind: Sign['kind'], name: string, node: SyntaxNode) => void;

const isBare = (source: string, file: ParsedFile): boolean =>
  file.module === 'esm' && /^\.{1,2}(\/|$)/.test(source) && !ENDING.test(source);

const isTelling = (source: string, file: ParsedFile): boolean => SCHEME.test(source) || isBare(source, file);

/** Imports and exports at the top of a module. */
function noteModule(node: SyntaxNode, file: ParsedFile, note: Note): void {
  const source = literalText(child(node, 'source'));
  if (source !== null && node.importKind !== 'type' && node.exportKind !== 'type') {
    if (SCHEME.test(source)) note('runtime-api', source, node);
    if (isBare(source, file)) note('bare-import', source, node);
  }
  if (node.type !== 'ExportNamedDeclaration') return;
  const declaration = child(node, 'declaration');
  if (declaration?.type !== 'VariableDeclaration') return;
  for (const one of children(declaration, 'declarations')) {
    const id = child(one, 'id');
    const value = child(one, 'init');
    if (isIdentifier(id, 'runtime')) noteEdge(value, note);
    if (isIdentifier(id, 'maxDuration') && typeof value?.value === 'number')
      note('time-limit', `maxDuration ${value.value}`, one);
    if (isIdentifier(id, 'config') && value?.type === 'ObjectExpression')
      for (const property of children(value, 'properties'))
        if (propertyKeyName(property) === 'runtime') noteEdge(child(property, 'value'), note);
  }
}

function noteEdge(value: SyntaxNode | null, note: Note): void {
  const runtime = literalText(value);
  if (value && (runtime === 'edge' || runtime === 'experimental-edge')) note('edge-runtime', runtime, value);
}
