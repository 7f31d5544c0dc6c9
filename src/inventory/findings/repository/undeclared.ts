import { builtinModules } from 'node:module';
import { DEPENDENCY_FIELDS } from '../../../workspace/package-json.ts';
import { resolveBindings } from '../../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  literalText,
} from '../../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { walk } from '../../../workspace/syntax/walk.ts';
import { evidenceIn } from '../../evidence.ts';
import { isRecord, stringEntries } from '../../manifests.ts';
import { compilerOptions } from '../../readers/tsconfig.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** What the runtime itself gives by that name. */
const OF_BUN = new Set(['bun']);
/** What Next resolves itself, whether it is installed or not. Source: Next's documentation, "Preventing environment poisoning". */
const OF_NEXT = new Set(['server-only', 'client-only']);

const rule: RepositoryRule = {
  id: 'undeclared',
  title: 'packages that are imported and not declared',
  kinds: ['undeclared-package'],
  async see({ repository, manifests, modules, packages, facts }) {
    const { file: parsed, packages: local } = await modules();
    // What a layer declares is there for every function.
    const ofFunctions = facts.functions.length > 0 ? local.map(({ json }) => json) : [];
    const declared = new Set(
      [...manifests.map(({ raw }) => raw), ...ofFunctions].flatMap((raw) => [
        ...DEPENDENCY_FIELDS.flatMap((field) => stringEntries(raw[field]).map(([name]) => name)),
        ...(typeof raw.name === 'string' ? [raw.name] : []),
        ...(isRecord(raw.imports) ? Object.keys(raw.imports) : []),
      ]),
    );
    const aliases = manifests.flatMap(({ raw }) =>
      isRecord(raw._moduleAliases) ? Object.keys(raw._moduleAliases) : [],
    );
    const isAlias = (name: string) => aliases.some((alias) => name === alias || name.startsWith(`${alias}/`));
    const option = compilerOptions(repository);
    const seen: Seen[] = [];
    for (const [name, path] of packages) {
      const isDeclared = declared.has(name) || declared.has(`@types/${name.replace(/^@([^/]+)\//, '$1__')}`);
      const isName = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/.test(name);
      if (isDeclared || !isName || builtinModules.includes(name) || OF_BUN.has(name) || isAlias(name))
        continue;
      if (declared.has('next') && OF_NEXT.has(name)) continue;
      // `src/db` from a folder that a compiler's baseUrl names.
      if (repository.files.some((path) => path.startsWith(`${name}/`) || path.includes(`/${name}/`)))
        continue;
      if (isPathName(await option(path, 'paths'), name)) continue;
      // Who imports whom is found by text, which a string can look like: the tree decides.
      const file = parsed(path);
      const place = file === null ? null : importOf(file, name);
      if (file !== null && place !== null)
        seen.push({
          ...evidenceIn(file, file.locate(place.start), place.start, 'read'),
          kind: 'undeclared-package',
          name,
        });
    }
    return { seen };
  },
};

/** Whether a compiler is told where a name leads: `contentlayer/generated`, to what a build makes. */
const isPathName = (paths: unknown, name: string): boolean =>
  isRecord(paths) && Object.keys(paths).some((path) => path === name || path.startsWith(`${name}/`));

/** Where a file loads a package when it runs; types alone load nothing. */
function importOf(file: ParsedFile, name: string): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  const isOf = (specifier: string | null) => specifier === name || specifier?.startsWith(`${name}/`) === true;
  walk(file.program, {
    enter(node) {
      if (found !== null) return 'skip';
      const isTyped = node.importKind === 'type' || node.exportKind === 'type' || isElided(node, file);
      const isRequired = isCall(node) && isIdentifier(calleeOf(node), 'require');
      const source = isRequired ? (argumentsOf(node)[0] ?? null) : child(node, 'source');
      if (!isTyped && source !== null && isOf(literalText(source))) found = source;
      return undefined;
    },
  });
  return found;
}

/** Whether a compiler of TypeScript leaves an import out: each of its names is used, and in types alone. */
function isElided(node: SyntaxNode, file: ParsedFile): boolean {
  if (node.type !== 'ImportDeclaration' || !/\.[cm]?tsx?$/.test(file.path)) return false;
  const names = children(node, 'specifiers');
  const { bindingOf } = resolveBindings(file);
  return (
    names.length > 0 &&
    names.every((name) => {
      const local = child(name, 'local');
      const uses = (local && bindingOf(local)?.references) ?? [];
      return uses.length > 0 && uses.every(({ type }) => type);
    })
  );
}

export default rule;
