// Plugins of packages where Fastify loads them: what becomes of their hooks for requests that are Hono's.
import { decorateView, honoForm, setHonoForm } from './in-fastify.ts';
import { inHono } from './in-hono.ts';
import { GUARDS, HOOKS, partOf } from './parts.ts';
import type { Loose } from './types.ts';

/**
 * A plugin of a package of which Hono's side knows what it does to requests: its hooks are answered by those of another one.
 *
 * @param stand registered for Hono's side alone; without one the package's hooks do nothing to a request there
 */
export const covered = <Plugin>(plugin: Plugin, stand?: Loose): Plugin =>
  around(plugin, (app, options) => {
    const own: Standing = stand === undefined ? { hooks: {}, parsers: [] } : standing(stand, app, options);
    return {
      hook(name, hook) {
        if (HOOKS.includes(name as never)) setHonoForm(hook, own.hooks[name]?.shift() ?? (() => undefined));
      },
      parser(parse) {
        const known = own.parsers.shift();
        if (known !== undefined) setHonoForm(parse, known);
      },
      end() {
        // What stands for the package would do more than the package does.
        if (Object.values(own.hooks).some((list) => list.length > 0)) partOf(app).isOdd = true;
      },
    };
  });

/** A plugin of a package whose hooks before handlers run as they are for requests that are Hono's. */
export const bridged = <Plugin>(plugin: Plugin): Plugin =>
  around(plugin, () => ({
    hook(name, hook) {
      if (GUARDS.includes(name)) setHonoForm(hook, inHono(hook));
    },
    parser: () => undefined,
    end: () => undefined,
  }));

/** The plugin for cookies, where another plugin reads them of Fastify's own request. */
export const parsed = <Plugin>(plugin: Plugin): Plugin =>
  around(plugin, () => ({
    hook(name, hook) {
      if (HOOKS.includes(name as never))
        setHonoForm(hook, GUARDS.includes(name) ? inHono(hook) : () => undefined);
    },
    parser: () => undefined,
    end: () => undefined,
  }));

/** What is told of what a plugin registers. */
interface Watch {
  hook(name: string, hook: Loose): void;
  parser(parse: Loose): void;
  end(): void;
}

/** A plugin that is watched while Fastify loads it. */
function around<Plugin>(plugin: Plugin, watch: (app: Loose, options: Loose) => Watch): Plugin {
  const original = ((plugin as Loose)?.default ?? plugin) as Loose;
  if (typeof original !== 'function') return plugin;
  const watched = (app: Loose, options: Loose, done: (error?: unknown) => void) => {
    const told = watch(app, options);
    const names = ['addHook', 'addContentTypeParser'];
    const before = names.map((name) => [Object.hasOwn(app, name), app[name]] as const);
    app.addHook = function (this: Loose, name: string, hook: Loose) {
      told.hook(name, hook);
      return before[0]?.[1].call(this, name, name === 'onRoute' ? watchedRoutes(hook, told) : hook);
    };
    app.addContentTypeParser = function (this: Loose, ...args: Loose[]) {
      told.parser(args.at(-1));
      return before[1]?.[1].apply(this, args);
    };
    const finish = (error?: unknown) => {
      for (const [index, name] of names.entries()) {
        const [isOwn, value] = before[index] ?? [];
        if (isOwn) app[name] = value;
        else delete app[name];
      }
      told.end();
      done(error ?? undefined);
    };
    const given = original(app, options, finish);
    if (typeof given?.then === 'function') given.then(() => finish(), finish);
  };
  for (const symbol of Object.getOwnPropertySymbols(original))
    Object.defineProperty(watched, symbol, { value: original[symbol] });
  return watched as Plugin;
}

/** A function that is told of routes: hooks that it adds to one are the plugin's, and a handler that it wraps is the same there. */
function watchedRoutes(hook: Loose, told: Watch): Loose {
  return function (this: Loose, route: Loose) {
    const lists = () => new Map(HOOKS.map((name) => [name, [route[name] ?? []].flat()]));
    const before = lists();
    const { handler } = route;
    const given = hook.call(this, route);
    for (const [name, list] of lists())
      for (const each of list) if (!before.get(name)?.includes(each)) told.hook(name, each);
    if (route.handler !== handler && honoForm(handler) !== undefined)
      setHonoForm(route.handler, honoForm(handler));
    return given;
  };
}

interface Standing {
  hooks: Record<string, Loose[]>;
  parsers: Loose[];
}

/** What a plugin for Hono's side registers. */
function standing(stand: Loose, app: Loose, options: Loose): Standing {
  const found: Standing = { hooks: {}, parsers: [] };
  const facade: Loose = {
    ...{ prefix: app.prefix, log: app.log, options: () => facade },
    addHook(name: string, hook: Loose) {
      found.hooks[name] = [...(found.hooks[name] ?? []), hook];
      return facade;
    },
    addContentTypeParser(_types: Loose, own: Loose, parse: Loose = own) {
      found.parsers.push((c: Loose, body: Loose) =>
        parse(c, own?.parseAs === 'string' ? String(body) : body),
      );
      return facade;
    },
    decorate(name: string, value: unknown) {
      decorateView(app, name, value);
      return facade;
    },
  };
  stand(facade, options, () => undefined);
  return found;
}
