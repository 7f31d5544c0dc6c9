import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { child, children, literalText } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { type FileWork, replace } from '../../shared/edit/work.ts';
import { type Conversion, want } from '../state.ts';

/** Types of Fastify, and which of `parity-source/types.ts` stands for each; `Loose` for the others. */
const TYPES: Readonly<Record<string, string>> = {
  FastifyInstance: 'App',
  FastifyPluginAsync: 'Plugin',
  FastifyPluginCallback: 'Plugin',
  FastifyPlugin: 'Plugin',
  FastifyPluginAsyncTypebox: 'Plugin',
  FastifyPluginCallbackTypebox: 'Plugin',
  FastifyPluginAsyncZod: 'Plugin',
  FastifyPluginCallbackZod: 'Plugin',
  FastifyPluginAsyncJsonSchemaToTs: 'Plugin',
  RouteHandlerMethod: 'Handler',
  RouteHandler: 'Handler',
  preHandlerHookHandler: 'Handler',
  preHandlerAsyncHookHandler: 'Handler',
  onRequestHookHandler: 'Handler',
  onRequestAsyncHookHandler: 'Handler',
  preValidationHookHandler: 'Handler',
  FastifyBaseLogger: 'Log',
  FastifyLoggerInstance: 'Log',
};

/** Packages whose types are of Fastify's kind. */
const OF_FASTIFY = /^(?:fastify|@fastify\/type-provider-[\w-]+|fastify-type-provider-zod)$/;

/** Writes this application's types where those of Fastify stood, in every file that names them. */
export function convertTypes(conversion: Conversion, modules: Modules) {
  for (const path of modules.paths) {
    if (isTestFile(path)) continue;
    const isNamed = modules.packagesOf(path).some((name) => OF_FASTIFY.test(name));
    const file = isNamed || modules.text(path)?.includes('declare module') ? modules.file(path) : null;
    if (file === null || !file.typescript) continue;
    const work = conversion.workOf(file);
    for (const statement of children(file.program, 'body')) deleteAugmentation(conversion, work, statement);
    for (const { module, bindings } of importsOf(work)) {
      if (!OF_FASTIFY.test(module)) continue;
      for (const { references, name, declaration } of bindings)
        for (const { node, type } of references)
          if (
            (type || isInType(work, node)) &&
            (module === 'fastify' || (importedName(declaration) ?? name) in TYPES)
          )
            convertType(conversion, work, node, importedName(declaration) ?? name);
    }
  }
}

const importedName = (declaration: SyntaxNode): string | null => {
  const imported = child(declaration, 'imported');
  return imported === null ? null : String(imported.name ?? imported.value);
};

const isInType = (work: FileWork, node: SyntaxNode): boolean =>
  /^TS/.test(work.parents.get(node)?.type ?? '') &&
  !/^TS(?:As|NonNull|Satisfies)/.test(work.parents.get(node)?.type ?? '');

/** What is declared on Fastify's own types: this application's take any name. */
function deleteAugmentation(conversion: Conversion, work: FileWork, statement: SyntaxNode) {
  if (statement.type !== 'TSModuleDeclaration') return;
  const name = literalText(child(statement, 'id'));
  if (name !== null && /^(?:fastify|@fastify\/[\w-]+)$/.test(name))
    deleteStatement(conversion, work, statement, 'types');
}

function convertType(conversion: Conversion, work: FileWork, node: SyntaxNode, imported: string) {
  let at = node;
  let name = imported;
  const qualified = work.parents.get(node);
  if (qualified?.type === 'TSQualifiedName') {
    name = String(child(qualified, 'right')?.name ?? imported);
    at = qualified;
  }
  const whole = work.parents.get(at);
  const isReference = whole !== undefined && /^(?:TSTypeReference|TSTypeQuery)$/.test(whole.type);
  if (isReference)
    return replace(
      conversion,
      work,
      whole,
      [want(work, 'parity/types', TYPES[name] ?? 'Loose', true)],
      'types',
    );
  const isHeritage =
    whole !== undefined &&
    /^(?:TSInterfaceHeritage|TSClassImplements|TSExpressionWithTypeArguments)$/.test(whole.type);
  if (isHeritage)
    replace(
      conversion,
      work,
      whole,
      [want(work, 'parity/types', TYPES[name] ?? 'AppContext', true)],
      'types',
    );
}
