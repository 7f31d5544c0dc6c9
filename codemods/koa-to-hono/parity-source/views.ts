/**
 * Renders the templates of a folder as koa-views did: `index` is `index.ejs`, a folder its `index`, and what middleware keeps in the
 * context is there beside what a handler hands over.
 */
import { readFile, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, resolve, sep } from 'node:path';
import type { Context, MiddlewareHandler } from 'hono';
import createError from 'http-errors';

// biome-ignore lint/suspicious/noExplicitAny: what a template shows is its own affair
type Locals = Record<string, any>;
// biome-ignore lint/suspicious/noExplicitAny: the options of each engine are its own
type Compile = (text: string, options: any) => (locals: Locals) => string | Promise<string>;

interface ViewOptions {
  extension?: string;
  /** What makes a page of a template, by the suffix of its file. */
  engines: Record<string, Compile>;
  /** What every template gets. */
  options?: Locals;
  /** What the context has stands before what a handler hands over. */
  stateFirst?: boolean;
}

interface Views extends Required<ViewOptions> {
  root: string;
}

/** Says where the templates are, for the handlers behind it. */
export function views(root: string, given: ViewOptions): MiddlewareHandler {
  const all: Views = { extension: 'html', options: {}, stateFirst: false, ...given, root: resolve(root) };
  return async function views(c, next) {
    if (c.get('ctx.views') === undefined) c.set('ctx.views', all);
    await next();
  };
}

/** Answers with the page that a template makes. */
export async function render(c: Context, name: string, locals: Locals = {}): Promise<Response> {
  const { root, extension, engines, options, stateFirst } = c.get('ctx.views') as Views;
  const path = await found(root, name, extension);
  if (isAbsolute(name)) throw createError(400, 'Malicious Path');
  if (!path.startsWith(root + sep)) throw createError(403);
  const engine = engines[extname(path).slice(1)];
  if (engine === undefined) throw new Error(`Engine not found for the "${extname(path)}" file extension`);
  const state = stateOf(c);
  const filled: Locals = stateFirst
    ? Object.assign(locals, options, state)
    : { ...options, ...state, ...locals };
  filled.partials = {};
  filled.filename = path;
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  return c.html(await engine(text, filled)(filled));
}

/** What Koa calls the state: the variables of the context but the parsed body and what has a name of the context. */
const stateOf = (c: Context): Locals =>
  Object.fromEntries(
    Object.entries(c.var as Locals)
      .filter(([name]) => name !== 'body' && !name.startsWith('ctx.'))
      .map(([name, value]) => [name === 'state.body' ? 'body' : name, value]),
  );

/** The file of a template. */
async function found(root: string, name: string, extension: string): Promise<string> {
  const path = join(root, name);
  try {
    return (await stat(path)).isDirectory() ? join(path, `index.${extension}`) : path;
  } catch (error) {
    if (extname(name).slice(1) === extension) throw error;
    return found(root, `${name}.${extension}`, extension);
  }
}
