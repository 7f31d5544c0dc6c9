import { at } from '../../src/model/at.ts';
import type { Location } from '../../src/model/location.ts';
import { resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import type { Flow } from '../../src/workspace/syntax/flow/flow.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  field,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';
import { requiredModule } from '../shared/edit/imports-of.ts';
import { CHANGING, GLOBALS } from './allowed.ts';
import { rootOf } from './uses.ts';

interface Change {
  file: ParsedFile;
  receiver: SyntaxNode;
  /** The receiver is a collection that is made where its name is declared: nothing else. */
  isFresh: boolean;
}

/**
 * Answers where something may change a list or an object that a module writes out: a change of a value known to be a part
 * of it, or, in the module itself and those that import it, of a value that could not be followed.
 */
export function changesOf(
  modules: Modules,
  flow: Flow,
): (file: ParsedFile, node: SyntaxNode) => string | null {
  let all: Change[] | null = null;
  const changes = (): Change[] => {
    if (all !== null) return all;
    for (const path of modules.paths) if (!flow.files.has(path)) flow.include(path);
    flow.settle();
    all = [...flow.files.values()].flatMap(changesIn);
    return all;
  };
  return (file, node) => {
    const near = new Set([file.path, ...modules.importersOf(file.path)]);
    const isWithin = (each: SyntaxNode) => node.start <= each.start && each.end <= node.end;
    const own = changes().find(({ receiver }) =>
      flow.valuesOf(receiver).some((value) => 'node' in value && value.file === file && isWithin(value.node)),
    );
    const lost = changes().find(({ file: where, receiver, isFresh }) => {
      const values = isFresh || !near.has(where.path) ? null : flow.valuesOf(receiver);
      return values !== null && (values.length === 0 || values.some(({ kind }) => kind === 'unknown'));
    });
    const found = own ?? lost;
    return found === undefined ? null : at(found.file.locate(found.receiver.start));
  };
}

/**
 * The first place that changes what every file has: a prototype or a function of the language, or what Express answers
 * with. Code written out elsewhere would run without it.
 */
export function patchIn(files: Iterable<ParsedFile>): Location | null {
  for (const file of files) {
    const { bindingOf } = resolveBindings(file);
    const express = new Set(expressNames(file));
    for (const { receiver } of changesIn(file)) {
      const root = rootOf(receiver);
      if (!isIdentifier(root)) continue;
      const binding = bindingOf(root);
      const isLanguage = binding === null && GLOBALS.has(field(root, 'name'));
      if (isLanguage || (binding !== null && express.has(binding.name))) return file.locate(receiver.start);
    }
  }
  return null;
}

/** Names of a file that hold Express itself. */
function expressNames(file: ParsedFile): string[] {
  return children(file.program, 'body').flatMap((statement) => {
    if (statement.type === 'ImportDeclaration' && literalText(child(statement, 'source')) === 'express')
      return children(statement, 'specifiers').map((each) => field(child(each, 'local') ?? each, 'name'));
    if (statement.type !== 'VariableDeclaration') return [];
    return children(statement, 'declarations').flatMap((each) => {
      const [id, init] = [child(each, 'id'), child(each, 'init')];
      const isExpress = init?.type === 'CallExpression' && requiredModule(init) === 'express';
      return isIdentifier(id) && isExpress ? [field(id, 'name')] : [];
    });
  });
}

/** What a file assigns into, deletes from, or calls a changing method of. */
function changesIn(file: ParsedFile): Change[] {
  const found: Change[] = [];
  const { bindingOf } = resolveBindings(file);
  const add = (receiver: SyntaxNode) => {
    const binding = isIdentifier(receiver) ? bindingOf(receiver) : null;
    const made = binding?.kind === 'const' ? child(binding.declaration, 'init') : null;
    found.push({ file, receiver, isFresh: made?.type === 'NewExpression' });
  };
  const take = (target: SyntaxNode | null) => {
    const inner = target === null ? null : unwrap(target);
    if (inner?.type === 'ObjectPattern' || inner?.type === 'ArrayPattern') {
      walk(inner, { enter: (node) => void (isMember(node) && take(node)) });
    } else if (isMember(inner)) {
      const receiver = child(inner, 'object');
      const isExports =
        isIdentifier(receiver, 'exports') ||
        isIdentifier(receiver, 'module') ||
        isIdentifier(receiver, 'process');
      const isOfModule = isMember(receiver) && isIdentifier(child(receiver, 'object'), 'module');
      if (receiver !== null && !isExports && !isOfModule && receiver.type !== 'ThisExpression') add(receiver);
    }
  };
  walk(file.program, {
    enter(node) {
      if (node.type === 'AssignmentExpression') take(child(node, 'left'));
      else if (node.type === 'UpdateExpression') take(child(node, 'argument'));
      else if (node.type === 'UnaryExpression' && node.operator === 'delete') take(child(node, 'argument'));
      else if (node.type === 'CallExpression') {
        const callee = calleeOf(node);
        if (!isMember(callee)) return;
        // What is called by a name that is computed may change it.
        const method = memberName(callee);
        if (method !== null && !CHANGING.has(method)) return;
        const object = child(callee, 'object');
        const isOfObject = isIdentifier(object, 'Object') || isIdentifier(object, 'Reflect');
        const receiver = isOfObject ? argumentsOf(node)[0] : object;
        if (receiver !== undefined && receiver !== null) add(unwrap(receiver));
      }
    },
  });
  return found;
}
