import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from 'hono';
import { appLocals, appSettings } from '../app-state.ts';
import { needs } from '../needs.ts';

type Rendered = (error: unknown, text: string) => void;
type Engine = (path: string, known: object, callback: Rendered) => unknown;

/** An environment of Nunjucks: it looks its templates up by name. */
interface Templates {
  render(name: string, known: object, callback: Rendered): void;
}

let templates: Templates;

const engines = new Map<string, Engine>();

/** `app.engine`: views with this extension are rendered by this engine. */
export function useEngine(extension: string, engine: unknown): void {
  engines.set(`.${extension}`.replace('..', '.'), engine as Engine);
}

/** `nunjucks.configure(…, { express: app })`: the views are templates of this environment. */
export function useNunjucks<T extends object>(environment: T): T {
  templates = environment as unknown as Templates;
  appSettings.nunjucksEnv = environment;
  return environment;
}

/** `res.render`: the view as HTML. It knows what all views know, then `res.locals`, then what it is given here. */
export async function render(c: Context, name: string, options?: object | null): Promise<Response> {
  const { path, engine, known } = needs.nunjucks ? templateOf(name) : viewOf(name);
  return c.html(await promisify(engine)(path, { ...known, ...c.get('locals'), ...options }));
}

/** `res.render` with a callback: the text of the view is not sent. */
export function renderWith(
  c: Context,
  name: string,
  options: object | null | undefined,
  callback: Rendered,
): void {
  renderView(name, { ...c.get('locals'), ...options }, callback);
}

/** `app.render`: the text of a view, outside of any request. */
export function renderView(name: string, options: object, callback: Rendered): void {
  try {
    const { path, engine, known } = needs.nunjucks ? templateOf(name) : viewOf(name);
    engine(path, { ...known, ...options }, callback);
  } catch (error) {
    callback(error, undefined as never);
  }
}

/** The file of a view, the engine for it (that of the package named like it, unless one was registered), and what it knows. */
function viewOf(name: string) {
  const { views, 'view engine': standard, 'view cache': cache = false } = appSettings;
  const extension = extname(name) || `.${standard}`.replace('..', '.');
  const base = name.endsWith(extension) ? name.slice(0, -extension.length) : name;
  const names = [base + extension, join(base, `index${extension}`)];
  const paths = [views].flat().flatMap((folder) => names.map((each) => resolve(folder, each)));
  const path = paths.find((each) => existsSync(each));
  if (path === undefined) throw new Error(`Failed to lookup view "${name}" in views directory "${views}"`);
  const load = (): Engine => createRequire(path)(extension.slice(1)).__express;
  const engine = (needs.viewEngines && engines.get(extension)) || load();
  return { path, engine, known: knownToAll(cache) };
}

/** The name of a template, with the extension of all others where it has none, and what it knows. */
function templateOf(name: string) {
  const { 'view engine': standard, 'view cache': cache = false } = appSettings;
  const path = extname(name) ? name : name + `.${standard}`.replace('..', '.');
  const engine: Engine = (template, known, callback) => templates.render(template, known, callback);
  return { path, engine, known: knownToAll(cache) };
}

/** What every view knows. */
function knownToAll(cache: boolean) {
  return needs.appLocals ? { cache, ...appLocals } : { cache, settings: appSettings };
}
