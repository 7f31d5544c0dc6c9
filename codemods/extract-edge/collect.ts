import { type Binding, resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import {
  child,
  field,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { parentsOf, walk } from '../../src/workspace/syntax/walk.ts';
import { requiredModule } from '../shared/edit/imports-of.ts';
import { BUILTINS, GLOBALS, KNOWN, REASONS } from './allowed.ts';
import { refuseConstant } from './constants.ts';
import { exportOf, type Given } from './exports.ts';
import { type Known, Refusal } from './known.ts';
import { refuseUses } from './uses.ts';

/** Code of a repository that is written out again in one module, with all it names. */
export interface Collector {
  /** The text of an expression, with the names that things have in the new module. */
  code(file: ParsedFile, node: SyntaxNode): string;
  /** The declarations that were asked for, each behind those it needs. */
  declarations(): string[];
  imports(): string[];
}

/**
 * Collects code by what its names are bound to, through the modules of the repository.
 *
 * @throws Refusal at the first thing that the edge does not have, or that keeps something between requests
 */
export function createCollector(known: Known, taken: Set<string>): Collector {
  const { modules } = known;
  const names = new Map<SyntaxNode, string>();
  const declarations: string[] = [];
  const imported = new Map<string, Map<string, string>>();

  const refuse = (file: ParsedFile, node: SyntaxNode, reason: string): never => {
    throw new Refusal(file.locate(node.start), reason);
  };

  function code(file: ParsedFile, node: SyntaxNode): string {
    refuseUses(known, file, node);
    const { bindingOf, referenceOf } = resolveBindings(file);
    const parents = parentsOf(file);
    const cuts: { start: number; end: number; text: string }[] = [];
    walk(node, {
      enter(inner) {
        const reference = inner.type === 'Identifier' ? referenceOf(inner) : null;
        if (reference === null || reference.type) return;
        const binding = bindingOf(inner);
        if (binding === null) return void refuseGlobal(file, inner);
        if (node.start <= binding.node.start && binding.node.end <= node.end) return;
        if (reference.write) refuse(file, inner, `\`${binding.name}\` is changed, and outlives the request`);
        const up = parents.get(inner);
        const isMemberOf = isMember(up) && child(up, 'object') === inner ? memberName(up) : null;
        const found = nameFor(file, binding, inner, isMemberOf);
        const at = found.isMember ? (up as SyntaxNode) : inner;
        const isShorthand = up?.type === 'Property' && up.shorthand === true;
        const text =
          isShorthand && found.name !== binding.name ? `${binding.name}: ${found.name}` : found.name;
        cuts.push({ start: at.start, end: at.end, text });
      },
    });
    let text = '';
    let done = node.start;
    for (const { start, end, text: name } of cuts) {
      text += file.text.slice(done, start) + name;
      done = end;
    }
    return text + file.text.slice(done, node.end);
  }

  function refuseGlobal(file: ParsedFile, node: SyntaxNode): void {
    const name = field(node, 'name');
    if (!GLOBALS.has(name))
      refuse(file, node, `\`${name}\` ${REASONS[name] ?? 'is not known to be the same at the edge'}`);
  }

  /** The name of what a binding holds in the new module; `isMember` where that stands for `binding.member`. */
  function nameFor(
    file: ParsedFile,
    binding: Binding,
    node: SyntaxNode,
    member: string | null,
  ): { name: string; isMember: boolean } {
    const source = importOf(file, binding);
    if (source === null) return { name: declare(file, binding, node), isMember: false };
    const { module, exported } = source;
    const resolved = modules.resolve(file.path, module);
    if (resolved.kind === 'builtin') {
      if (!BUILTINS.has(resolved.name))
        refuse(file, node, `it needs \`${resolved.name}\`, which the edge is not given`);
      return {
        name: importName(`node:${resolved.name}`, exported === 'module' ? 'default' : exported, binding.name),
        isMember: false,
      };
    }
    if (resolved.kind === 'package' && KNOWN.has(module) && (exported === 'module' || exported === 'default'))
      return { name: importName(module, 'default', binding.name), isMember: false };
    if (resolved.kind !== 'file')
      return refuse(
        file,
        node,
        `it needs the package \`${module}\`, and whether that keeps something between requests is not known`,
      );
    const from = modules.file(resolved.path);
    if (from === null) return refuse(file, node, `${resolved.path} could not be read`);
    const whole = exported === 'module' || exported === '*';
    const given = whole && member !== null ? exportOf(modules, from, member) : null;
    if (given !== null) return { name: nameGiven(given, member ?? '', file, node), isMember: true };
    const all =
      exportOf(modules, from, whole ? 'module' : exported) ??
      (exported === 'default' ? exportOf(modules, from, 'module') : null);
    if (all === null)
      return refuse(
        file,
        node,
        `what \`${binding.name}\` is in ${resolved.path} is not written out in one place`,
      );
    return { name: nameGiven(all, binding.name, file, node), isMember: false };
  }

  function nameGiven(given: Given, wish: string, file: ParsedFile, node: SyntaxNode): string {
    if ('binding' in given) return nameFor(given.file, given.binding, given.binding.node, null).name;
    const there = names.get(given.node);
    if (there !== undefined) return there;
    const id = child(given.node, 'id');
    const name = fresh(isIdentifier(id) ? field(id, 'name') : wish);
    names.set(given.node, name);
    if (!isFunction(given.node)) refuseConstant(known, given.file, given.node, wish, null);
    else if (given.node.type === 'FunctionDeclaration')
      refuse(file, node, `\`${wish}\` has no name of its own where it is declared`);
    declarations.push(`const ${name} = ${code(given.file, given.node)};`);
    return name;
  }

  function declare(file: ParsedFile, binding: Binding, node: SyntaxNode): string {
    const { declaration } = binding;
    const there = names.get(declaration);
    if (there !== undefined) return there;
    const write = binding.references.find((each) => each.write && each.node !== binding.node);
    if (write !== undefined)
      refuse(file, write.node, `\`${binding.name}\` is changed, and outlives the request`);
    const name = fresh(binding.name);
    names.set(declaration, name);
    if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
      // Its own name stands in its text.
      if (name !== binding.name) refuse(file, declaration, `two things are called \`${binding.name}\``);
      const text = code(file, declaration);
      declarations.push(`${commentBefore(file, declaration)}${text}`);
      return name;
    }
    const init = declaration.type === 'VariableDeclarator' ? child(declaration, 'init') : null;
    const isPlain = isIdentifier(child(declaration, 'id'));
    if (init === null || !isPlain) {
      const what =
        binding.kind === 'parameter' ? 'is given to the function around it' : 'is not a constant of its own';
      return refuse(file, node, `\`${binding.name}\` ${what}`);
    }
    if (!isFunction(init)) refuseConstant(known, file, init, binding.name, binding);
    const text = code(file, init);
    declarations.push(
      `${commentBefore(file, parentsOf(file).get(declaration) ?? declaration)}const ${name} = ${text};`,
    );
    return name;
  }

  function importName(module: string, exported: string, wish: string): string {
    const own = imported.get(module) ?? new Map<string, string>();
    imported.set(module, own);
    const name = own.get(exported) ?? fresh(wish);
    own.set(exported, name);
    return name;
  }

  function fresh(wish: string): string {
    let name = wish;
    for (let count = 2; taken.has(name); count += 1) name = `${wish}${count}`;
    taken.add(name);
    return name;
  }

  return {
    code,
    declarations: () => declarations,
    imports: () =>
      [...imported].map(([module, own]) => {
        const whole = own.get('default') ?? null;
        const some = [...own].filter(([exported]) => exported !== 'default' && exported !== '*');
        const list = some
          .map(([exported, local]) => (exported === local ? local : `${exported} as ${local}`))
          .join(', ');
        const all = own.get('*');
        const parts = [whole, list === '' ? null : `{ ${list} }`, all === undefined ? null : `* as ${all}`];
        return `import ${parts.filter((each) => each !== null).join(', ')} from '${module}';`;
      }),
  };
}

/** The module a binding is imported from, and as what; null where it is declared here. */
function importOf(
  file: ParsedFile,
  { declaration, node }: Binding,
): { module: string; exported: string } | null {
  const parents = parentsOf(file);
  if (/^Import\w*Specifier$/.test(declaration.type)) {
    const statement = parents.get(declaration);
    const module = statement === undefined ? null : literalText(child(statement, 'source'));
    const name = child(declaration, 'imported');
    const exported =
      declaration.type === 'ImportDefaultSpecifier'
        ? 'default'
        : declaration.type === 'ImportNamespaceSpecifier'
          ? '*'
          : (literalText(name) ?? (name === null ? '' : field(name, 'name')));
    return module === null ? null : { module, exported };
  }
  const init = declaration.type === 'VariableDeclarator' ? child(declaration, 'init') : null;
  const module = init === null ? null : requiredModule(init);
  if (init === null || module === null) return null;
  const property = parents.get(node);
  const id = child(declaration, 'id');
  const picked = isMember(init) ? memberName(init) : null;
  if (isIdentifier(id))
    return init.type === 'CallExpression'
      ? { module, exported: 'module' }
      : picked === null
        ? null
        : { module, exported: picked };
  const key = property?.type === 'Property' ? propertyKeyName(property) : null;
  return id?.type === 'ObjectPattern' && init.type === 'CallExpression' && key !== null
    ? { module, exported: key }
    : null;
}

/** The comments on the lines before a statement, without an empty one between. */
function commentBefore(file: ParsedFile, declaration: SyntaxNode): string {
  const up = parentsOf(file).get(declaration);
  const statement = up !== undefined && /^Export/.test(up.type) ? up : declaration;
  let start = statement.start;
  for (const comment of [...file.comments].reverse()) {
    if (comment.end > start) continue;
    const line = file.text.slice(file.text.lastIndexOf('\n', comment.start) + 1, comment.start);
    const isAbove = /^[ \t]*\r?\n[ \t]*$/.test(file.text.slice(comment.end, start)) && line.trim() === '';
    if (!isAbove) break;
    start = comment.start;
  }
  return file.text.slice(start, statement.start);
}
