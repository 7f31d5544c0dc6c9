import type { Binding } from '../../../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../../../src/workspace/syntax/modules.ts';
import {
  child,
  children,
  field,
  isExportsObject,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import { importsOf, requiredModule } from '../../../shared/edit/imports-of.ts';
import { withBarrels } from '../../facts/barrels.ts';
import type { FileWork } from '../../state/conversion.ts';
import type { Named, Target } from '../../state/worlds.ts';
import { exportsOf } from './exports-of.ts';
import { handedThrough } from './handed-through.ts';

/** Every place that is known to name a declaration, in its own file and in those that import it. */
export function placesOf(target: Target, modules: Modules, workOf: (file: ParsedFile) => FileWork): Named[] {
  const { work, binding, name, id, members } = target;
  const through = (each: Named): Named => {
    const handed = handedThrough(each, modules, workOf);
    return handed === null ? each : { ...each, through: handed };
  };
  if (members !== undefined) return members.map((each) => through({ ...each, imported: null }));
  const found: Named[] = [];
  for (const { node, type } of binding?.references ?? [])
    if (!type && node !== id) found.push({ work, node, imported: null });
  if (binding === null && name !== '') {
    for (const member of findAll(work.file.program, 'MemberExpression')) {
      const object = child(member, 'object');
      const property = child(member, 'property');
      if (memberName(member) !== name || property === null || property === id) continue;
      if (isExportsObject(object)) found.push({ work, node: property, imported: null });
    }
  }
  const names = exportsOf(target).map((each) => each.name);
  for (const from of withBarrels(modules, work.file.path)) {
    const handed = from === work.file.path ? names : names.filter((each) => !/^(default|module)$/.test(each));
    for (const path of modules.importersOf(from)) {
      const file = modules.file(path);
      if (file === null || path === work.file.path) continue;
      found.push(...placesIn(workOf(file), from, handed, modules));
    }
  }
  for (const barrel of barrelsOf(target, found, modules, workOf)) {
    for (const path of modules.importersOf(barrel.work.file.path)) {
      const file = modules.file(path);
      if (file === null) continue;
      const places = placesIn(workOf(file), barrel.work.file.path, [barrel.name], modules);
      found.push(...places.map((each) => ({ ...each, barrel })));
    }
  }
  return found.map(through);
}

/** The modules that hand a declaration on by name: `export { guard } from './guard'`, or imported before. */
function barrelsOf(
  target: Target,
  places: readonly Named[],
  modules: Modules,
  workOf: (file: ParsedFile) => FileWork,
): NonNullable<Named['barrel']>[] {
  const { path } = target.work.file;
  const names = exportsOf(target).map((each) => each.name);
  const nameOf = (specifier: SyntaxNode, part: string) => {
    const name = child(specifier, part);
    return name === null ? '' : (literalText(name) ?? field(name, 'name'));
  };
  const imported = places.flatMap(({ work, node, imported: by }) => {
    const up = work.parents.get(node);
    const statement = up?.type === 'ExportSpecifier' ? work.parents.get(up) : undefined;
    const source = by === null ? undefined : work.parents.get(by.item);
    return up === undefined || statement === undefined || source?.type !== 'ImportDeclaration'
      ? []
      : [{ work, name: nameOf(up, 'exported'), statement, source: child(source, 'source') }];
  });
  const handedOn = modules.importersOf(path).flatMap((importer) => {
    const file = modules.file(importer);
    return (file === null ? [] : children(file.program, 'body')).flatMap((statement) => {
      const source = statement.type === 'ExportNamedDeclaration' ? child(statement, 'source') : null;
      const resolved = modules.resolve(importer, literalText(source) ?? '');
      if (file === null || source === null || resolved.kind !== 'file' || resolved.path !== path) return [];
      return children(statement, 'specifiers')
        .filter((each) => names.includes(nameOf(each, 'local')))
        .map((each) => ({ work: workOf(file), name: nameOf(each, 'exported'), statement, source }));
    });
  });
  return [...imported, ...handedOn].flatMap(({ source, ...each }) =>
    source === null ? [] : [{ ...each, source }],
  );
}

/** Places of a file that name what a module exports under some names. */
function placesIn(work: FileWork, from: string, names: readonly string[], modules: Modules): Named[] {
  const direct = (item: SyntaxNode, binding: Binding): Named[] =>
    binding.references.flatMap(({ node, type }) =>
      type ? [] : [{ work, node, imported: { item, binding } }],
    );
  const members = (binding: Binding): Named[] =>
    binding.references.flatMap(({ node }) => {
      const member = work.parents.get(node);
      const property =
        isMember(member) && child(member, 'object') === node ? child(member, 'property') : null;
      return property !== null && names.includes(memberName(member ?? null) ?? '')
        ? [{ work, node: property, imported: null }]
        : [];
    });
  const isTarget = (module: string) => {
    const resolved = modules.resolve(work.file.path, module);
    return resolved.kind === 'file' && resolved.path === from;
  };
  const imports = importsOf(work);
  const declared = new Set(imports.map(({ declarator }) => child(declarator, 'init')));
  const inline = findAll(work.file.program, 'CallExpression').flatMap((call): Named[] => {
    const isStatement = work.parents.get(call)?.type === 'ExpressionStatement';
    const module = declared.has(call) || isStatement ? null : requiredModule(call);
    if (module === null || !isTarget(module)) return [];
    const member = work.parents.get(call);
    if (!isMember(member) || child(member, 'object') !== call)
      return names.includes('module') ? [{ work, node: call, imported: null }] : [];
    const property = child(member, 'property');
    const isDeclared = declared.has(member) || property === null;
    return !isDeclared && names.includes(memberName(member) ?? '')
      ? [{ work, node: property, imported: null }]
      : [];
  });
  const named = imports.flatMap(({ module, statement, declarator, bindings }) => {
    if (!isTarget(module)) return [];
    if (statement.type === 'ImportDeclaration') {
      return children(statement, 'specifiers').flatMap((item) => {
        const local = child(item, 'local');
        const binding = isIdentifier(local) ? work.bindings.bindingOf(local) : null;
        if (binding === null) return [];
        if (item.type === 'ImportNamespaceSpecifier') return members(binding);
        const imported = child(item, 'imported');
        const as = imported === null ? 'default' : (literalText(imported) ?? field(imported, 'name'));
        if (as === 'default' && names.includes('module')) return direct(item, binding);
        return names.includes(as) ? direct(item, binding) : as === 'default' ? members(binding) : [];
      });
    }
    const init = child(declarator, 'init');
    const [id, [binding]] = [child(declarator, 'id'), bindings];
    if (id?.type === 'ObjectPattern') {
      return children(id, 'properties').flatMap((item) => {
        const local = child(item, 'value');
        const own = isIdentifier(local) ? work.bindings.bindingOf(local) : null;
        return own !== null && names.includes(propertyKeyName(item) ?? '') ? direct(item, own) : [];
      });
    }
    if (binding === undefined || init === null) return [];
    if (isMember(init))
      return names.includes(memberName(init) ?? '') && requiredModule(child(init, 'object')) !== null
        ? direct(statement, binding)
        : [];
    return names.includes('module') ? [...direct(statement, binding), ...members(binding)] : members(binding);
  });
  return [...named, ...inline];
}
