import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Context } from 'hono';
import { appLocals, appSettings } from './app-state.ts';
import { mergeLocals, runEngine, type ViewEngine } from './express4/view-rules.ts';
import { locals } from './locals.ts';
import { send } from './send.ts';

interface View {
  name: string;
  root: string | string[];
  path: string | undefined;
  engine: ViewEngine;
}

const viewEngines = new Map<string, ViewEngine>();
const viewCache = new Map<string, View>();
let templates: { render: ViewEngine } | undefined;

/** `nunjucks.configure(…, { express: app })`: the views are templates of this environment, which looks them up by name. */
export function useNunjucks<T extends object>(environment: T): T {
  templates = environment as unknown as { render: ViewEngine };
  appSettings.nunjucksEnv = environment;
  return environment;
}

/** `app.engine`: views with this extension are rendered by this engine. */
export function useEngine(extension: string, engine: unknown): void {
  if (typeof engine !== 'function') throw new Error('callback function required');
  viewEngines.set(extension.startsWith('.') ? extension : `.${extension}`, engine as ViewEngine);
}

/** `res.render`: the view as HTML. It knows `appLocals`, then `locals(c)`, then what it is given here. */
export function render(c: Context, name: string, options?: object | null): Promise<Response> {
  let settle: (error: unknown, text?: unknown) => void = () => {};
  const answer = new Promise<Response>((resolve, reject) => {
    settle = (error, text) => (error ? reject(error) : resolve(send(c, text)));
  });
  renderWith(c, name, options, settle);
  return answer;
}

/** `res.render` with a callback: the text of the view is not sent. */
export function renderWith(
  c: Context,
  name: string,
  options: object | null | undefined,
  callback: (error: unknown, text?: never) => void,
): void {
  renderView(name, Object.assign(options ?? {}, { _locals: locals(c) }), callback);
}

/** `app.render`: the text of a view, outside of any request. */
export function renderView(
  name: string,
  options: object | ((error: unknown, text?: never) => void),
  callback?: (error: unknown, text?: never) => void,
): void {
  const done = (typeof options === 'function' ? options : callback) as (error: unknown, text?: never) => void;
  const given = (typeof options === 'function' ? {} : (options ?? {})) as {
    _locals?: object;
    cache?: boolean;
  };
  const known = mergeLocals(appLocals, given._locals, given);
  known.cache ??= Boolean(appSettings['view cache']);
  let view = known.cache ? viewCache.get(name) : undefined;
  if (view === undefined) {
    view = findView(name);
    if (view.path === undefined) {
      done(missing(view));
      return;
    }
    if (known.cache) viewCache.set(name, view);
  }
  const { engine, path } = view as View & { path: string };
  try {
    runEngine(engine, path, known, done);
  } catch (error) {
    done(error);
  }
}

function findView(name: string): View {
  const standard: string | undefined = appSettings['view engine'];
  const own = extname(name);
  if (!own && !standard) throw new Error('No default engine was specified and no extension was provided.');
  const extension = own || (standard?.startsWith('.') ? standard : `.${standard}`);
  const root: string | string[] = appSettings.views;
  const file = own ? name : name + extension;
  const named = templates;
  if (named !== undefined) return { name, root, path: file, engine: (...given) => named.render(...given) };
  const engine = viewEngines.get(extension) ?? loadEngine(extension);
  const paths = [root].flat().map((folder) => viewFile(resolve(folder, file), extension));
  return { name, root, engine, path: paths.find((path) => path !== undefined) };
}

/** The file itself, or `index` in a folder of its name. */
function viewFile(path: string, extension: string): string | undefined {
  const candidates = [path, join(dirname(path), basename(path, extension), `index${extension}`)];
  return candidates.find((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
}

/** An engine that was not registered is the package named like the extension: it is where the views' packages are. */
function loadEngine(extension: string): ViewEngine {
  const name = extension.slice(1);
  const homes = [...[appSettings.views].flat(), '.'].map((folder) => createRequire(resolve(folder, 'views')));
  const home = homes.find((require) => isFound(require, name)) ?? homes[0];
  const engine = home?.(name).__express;
  if (typeof engine !== 'function') throw new Error(`Module "${name}" does not provide a view engine.`);
  viewEngines.set(extension, engine);
  return engine;
}

function isFound(require: NodeJS.Require, name: string): boolean {
  try {
    return require.resolve(name) !== '';
  } catch {
    return false;
  }
}

function missing(view: View): Error {
  const { name, root } = view;
  const folders =
    Array.isArray(root) && root.length > 1
      ? `directories "${root.slice(0, -1).join('", "')}" or "${root[root.length - 1]}"`
      : `directory "${root}"`;
  return Object.assign(new Error(`Failed to lookup view "${name}" in views ${folders}`), { view });
}
