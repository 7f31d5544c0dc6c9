import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from 'hono';
import { appLocals, appSettings } from '../app-state.ts';

type Rendered = (error: unknown, text: string) => void;
type ViewEngine = (path: string, known: object, callback: Rendered) => unknown;

const engines = new Map<string, ViewEngine>();

/** `app.engine`: views with this extension are rendered by this engine. */
export function useEngine(extension: string, engine: unknown): void {
  engines.set(`.${extension}`.replace('..', '.'), engine as ViewEngine);
}

/** `res.render`: the view as HTML. It knows `appLocals`, then `res.locals`, then what it is given here. */
export async function render(c: Context, name: string, options?: object | null): Promise<Response> {
  return c.html(await rendered(name, { ...c.get('locals'), ...options }));
}

const rendered = promisify(renderView);

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
  const { views, 'view engine': standard, 'view cache': cache = false } = appSettings;
  const extension = extname(name) || `.${standard}`.replace('..', '.');
  const base = name.endsWith(extension) ? name.slice(0, -extension.length) : name;
  const names = [base + extension, join(base, `index${extension}`)];
  const paths = [views].flat().flatMap((folder) => names.map((each) => resolve(folder, each)));
  const path = paths.find((each) => existsSync(each));
  try {
    if (path === undefined) throw new Error(`Failed to lookup view "${name}" in views directory "${views}"`);
    engineOf(extension)(path, { cache, ...appLocals, ...options }, callback);
  } catch (error) {
    callback(error, undefined as never);
  }
}

/** The one that was registered, else that of the package named like the extension. */
function engineOf(extension: string): ViewEngine {
  const [folder = '.'] = [appSettings.views].flat();
  const load = () => createRequire(resolve(folder, 'views'))(extension.slice(1)).__express as ViewEngine;
  const engine = engines.get(extension) ?? load();
  engines.set(extension, engine);
  return engine;
}
