import { type Binding, resolveBindings } from '../../../syntax/bindings.ts';
import type { Cell, ClassValue, Value } from '../../../syntax/flow/values.ts';
import { child, children, isClass, literalText } from '../../../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../syntax/parse.ts';
import { parentsOf } from '../../../syntax/walk.ts';
import type { Reading } from '../../reader.ts';

/**
 * Gives the constructor of each decorated class what Nest gives it: an instance of the class that a parameter's type
 * names. A token (`@Inject('CONFIG')`) is not followed, nor is an interface. Source: Nest's documentation, Providers.
 */
export function injectServices(reading: Reading): void {
  const { flow } = reading;
  const done = new Set<ClassValue>();
  // What is given to one class may show another one.
  for (let before = -1; before < done.size; ) {
    before = done.size;
    for (const file of [...flow.files.values()]) {
      if (!file.text.includes('@nestjs/')) continue;
      flow.eachHolding(file, (node, { values }) => {
        if (!isClass(node) || children(node, 'decorators').length === 0) return;
        for (const value of values)
          if (value.kind === 'class' && value.node === node && !done.has(value)) {
            done.add(value);
            fill(reading, value);
          }
      });
    }
    flow.settle();
  }
}

function fill(reading: Reading, { file, constructorFunction }: ClassValue): void {
  const { flow } = reading;
  if (constructorFunction === null) return;
  for (const [index, written] of children(constructorFunction.node, 'params').entries()) {
    const parameter = written.type === 'TSParameterProperty' ? child(written, 'parameter') : written;
    const into = constructorFunction.parameters[index];
    const named = parameter === null ? null : typeName(parameter);
    const binding = named === null ? null : resolveBindings(file).bindingOf(named);
    const held = binding === null ? null : (flow.cellOf(binding.node) ?? imported(reading, file, binding));
    if (into === undefined || held === null) continue;
    flow.read(held, (value: Value) => value.kind === 'class' && flow.add(into, value.instance));
  }
}

/** What another file exports by the name that an import takes in. */
function imported({ flow, modules }: Reading, file: ParsedFile, { declaration }: Binding): Cell | null {
  if (!declaration.type.startsWith('Import')) return null;
  const statement = parentsOf(file).get(declaration);
  const source = statement === undefined ? null : literalText(child(statement, 'source'));
  const found = source === null ? null : modules.resolve(file.path, source);
  if (found?.kind !== 'file') return null;
  const named = child(declaration, 'imported');
  const name =
    declaration.type === 'ImportSpecifier' && named !== null ? String(named.name ?? named.value) : 'default';
  return flow.memberOf(flow.moduleOf(found.path), name);
}

/** `UsersService` of `users: UsersService`. */
function typeName(parameter: SyntaxNode): SyntaxNode | null {
  const annotation = child(parameter, 'typeAnnotation');
  const type = annotation === null ? null : child(annotation, 'typeAnnotation');
  const name = type?.type === 'TSTypeReference' ? child(type, 'typeName') : null;
  return name?.type === 'Identifier' ? name : null;
}
