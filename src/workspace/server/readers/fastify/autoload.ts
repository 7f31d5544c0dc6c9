import { posix } from 'node:path';
import { resolveBindings } from '../../../syntax/bindings.ts';
import { writtenPath } from '../../../syntax/flow/dynamic.ts';
import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue } from '../../../syntax/flow/values.ts';
import { child, children, isRegExp, literalText, propertyKeyName, unwrap } from '../../../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../syntax/parse.ts';
import type { Reading } from '../../reader.ts';
import { filterOf } from './filters.ts';
import { pathHelper } from './helpers.ts';

/** A file that `@fastify/autoload` registers. */
export interface AutoloadedFile {
  path: string;
  prefix: string;
  /** Whether it shares the instance: hooks, and everything with `encapsulate: false`. */
  shares: boolean;
}

const SCRIPT = /(?<!\.d)\.(?:[cm]?[jt]s)$/;
const INDEX = /^index\.[cm]?[jt]s$/;
const HOOKS = /^[_.]?auto_?hooks\.[cm]?[jt]s$/i;

export const isAutoload = (value: ExternalValue): boolean =>
  value.module === '@fastify/autoload' || value.module === 'fastify-autoload';

interface Settings {
  dir: string;
  prefix: string;
  namesPrefix: boolean;
  params: boolean;
  shares: boolean;
  ignore: RegExp | null;
  /** What `ignoreFilter` and `matchFilter` say of a file, by its path below the folder. */
  takes(path: string): boolean;
  depth: number;
  hooks: boolean;
}

/**
 * The files that a call registers, with the prefix that each gets of its folders; a sentence where the folder is not
 * written down. Source: `@fastify/autoload` 6.3, `lib/find-plugins.js`.
 */
export function autoloaded(reading: Reading, call: ExternalCall): AutoloadedFile[] | string {
  const settings = settingsOf(reading, call);
  if (typeof settings === 'string') return settings;
  const below = reading.modules.paths.filter(
    (path) => path.startsWith(`${settings.dir}/`) && SCRIPT.test(path),
  );
  if (below.length === 0) return `no source was found in ${settings.dir}, which it loads`;
  const found: AutoloadedFile[] = [];
  const visit = (dir: string, crumb: string, depth: number): void => {
    const files = below.filter((path) => posix.dirname(path) === dir);
    const index = files.find((path) => INDEX.test(posix.basename(path)));
    for (const path of files) {
      const name = posix.basename(path);
      const isHooks = HOOKS.test(name);
      if (isHooks ? !settings.hooks : index !== undefined && path !== index) continue;
      if (settings.ignore?.test(path.slice(settings.dir.length + 1)) && path !== index) continue;
      if (!isHooks && !settings.takes(`/${path.slice(settings.dir.length + 1)}`)) continue;
      found.push({
        path,
        prefix: isHooks ? '' : prefixOf(reading, path, crumb, settings),
        shares: isHooks || settings.shares,
      });
    }
    if (depth >= settings.depth) return;
    const folders = new Set(
      below.filter((path) => path.startsWith(`${dir}/`)).map((path) => path.slice(dir.length + 1).split('/')),
    );
    const names = new Set(
      [...folders].flatMap(([first, ...rest]) => (rest.length > 0 && first ? [first] : [])),
    );
    for (const name of names) {
      const relative = `${dir}/${name}`.slice(settings.dir.length + 1);
      if (settings.ignore?.test(relative)) continue;
      visit(`${dir}/${name}`, settings.namesPrefix ? `${crumb}/${name}` : crumb, depth + 1);
    }
  };
  visit(settings.dir, '', 0);
  return found;
}

function settingsOf(
  { arguments: args, flow, modules }: Reading,
  { file, node }: ExternalCall,
): Settings | string {
  const options = children(node, 'arguments')[1];
  const [object] = options === undefined ? [] : args.objects({ file, node: options });
  const dir = args.property(object, 'dir');
  const path =
    dir === null
      ? null
      : writtenPath(dir.file, resolveBindings(dir.file), dir.node, pathHelper(modules, dir.file));
  if (path === null) return 'the folder it loads is not written down';
  const flag = (name: string): unknown => {
    const found = args.property(object, name);
    return found === null ? undefined : unwrap(found.node).value;
  };
  const ignore = args.property(object, 'ignorePattern');
  const names = args.property(object, 'dirNameRoutePrefix');
  if (names !== null && typeof unwrap(names.node).value !== 'boolean')
    return 'a function makes the prefixes of its folders';
  const [ignored, matched] = ['ignoreFilter', 'matchFilter'].map((name) => args.property(object, name));
  const isIgnored = filterOf(flow, ignored ?? null);
  const isMatched = filterOf(flow, matched ?? null);
  if (isIgnored === undefined || isMatched === undefined)
    return `\`${isMatched === undefined ? 'matchFilter' : 'ignoreFilter'}\` says which files it loads`;
  const own = args.property(object, 'options');
  const [inner] = own === null ? [] : args.objects(own);
  const prefix = args.property(inner, 'prefix');
  return {
    dir: path,
    prefix: prefix === null ? '' : (args.texts(prefix)[0] ?? ''),
    namesPrefix: flag('dirNameRoutePrefix') !== false,
    params: flag('routeParams') === true,
    shares: flag('encapsulate') === false,
    ignore: ignore === null ? null : patternOf(ignore.node, flow.valuesOf(ignore.node)),
    takes: (path) => !isIgnored?.(path) && (isMatched?.(path) ?? true),
    depth: typeof flag('maxDepth') === 'number' ? Number(flag('maxDepth')) : Number.POSITIVE_INFINITY,
    hooks: flag('autoHooks') === true,
  };
}

function patternOf(node: SyntaxNode, values: readonly { kind: string }[]): RegExp | null {
  const inner = unwrap(node);
  if (isRegExp(inner)) return new RegExp((inner.regex as { pattern: string }).pattern);
  const text = literalText(inner);
  return text === null || values.length > 1 ? null : new RegExp(text);
}

/** The folders' names, unless the file says another prefix. */
function prefixOf(
  { modules, flow }: Reading,
  path: string,
  crumb: string,
  { prefix, params }: Settings,
): string {
  const file = modules.file(path);
  const said = (name: string) =>
    file === null
      ? null
      : exportedText(file, name, (node) => textIn(flow.valuesOf(node)) ?? literalText(node));
  const override = said('prefixOverride');
  if (override !== null) return override;
  const own = said('autoPrefix') ?? crumb;
  const whole = own === '' ? prefix : prefix.replace(/\/$/, '') + own.replace(/\/+/g, '/');
  if (!params) return whole;
  return whole.includes('__') ? whole.replaceAll('__', ':') : whole.replaceAll('/_', '/:');
}

const textIn = (values: readonly { kind: string; text?: string }[]): string | null =>
  values.length === 1 && values[0]?.kind === 'text' ? (values[0].text ?? null) : null;

/** The text that a file exports under a name: `export const autoPrefix = '/x'`, `module.exports.autoPrefix = '/x'`. */
function exportedText(
  file: ParsedFile,
  name: string,
  textOf: (node: SyntaxNode) => string | null,
): string | null {
  for (const statement of children(file.program, 'body')) {
    const declaration = child(statement, 'declaration');
    if (statement.type === 'ExportNamedDeclaration' && declaration !== null)
      for (const declarator of children(declaration, 'declarations')) {
        const [id, init] = [child(declarator, 'id'), child(declarator, 'init')];
        if (id?.type === 'Identifier' && id.name === name && init !== null) return textOf(init);
      }
    const expression = child(statement, 'expression');
    if (expression?.type !== 'AssignmentExpression') continue;
    const [left, right] = [child(expression, 'left'), child(expression, 'right')];
    if (left?.type === 'MemberExpression' && propertyOf(left) === name && right !== null)
      return textOf(right);
  }
  return null;
}

const propertyOf = (node: SyntaxNode): string | null =>
  propertyKeyName({ ...node, key: node.property } as SyntaxNode);
