import { invocations } from '../../../command-line.ts';
import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue, ObjectValue } from '../../../syntax/flow/values.ts';
import { argumentsOf, literalText } from '../../../syntax/nodes.ts';
import type { Place, RouteStep, Scope } from '../../model.ts';
import { inOrder, linkPlace } from '../../order.ts';
import type { Reader, Reading } from '../../reader.ts';
import { exportsOf, wayTo } from '../../values.ts';
import { fastifyTemplate } from './paths.ts';
import { followPlugins, type Plugins } from './plugins.ts';
import { givesItself, handedOn, instanceMember, isVerb, mayAddRoutes, REQUEST_HOOKS } from './surface.ts';

const HANDLER = ['request', 'response'] as const;
const HOOK = ['request', 'response', 'next'] as const;
const PAYLOAD_HOOK = ['request', 'response', 'value', 'next'] as const;
const followed = new WeakMap<Reading, Plugins>();

/** Fastify: routes of an instance are below the prefixes of the plugins it was made for; hooks stand before all of them. */
const fastify: Reader = {
  framework: 'fastify',
  title: 'Fastify',
  concerns: (path, modules) =>
    modules
      .packagesOf(path)
      .some((name) => name === 'fastify' || name === 'fastify-plugin' || name.startsWith('@fastify/')) ||
    commandFiles(modules).has(path),
  rules: { modules: new Set(['fastify']), normalise: givesItself },
  begin(reading) {
    const plugins = followPlugins(reading);
    followed.set(reading, plugins);
    for (const path of commandFiles(reading.modules)) {
      reading.flow.include(path);
      const module = reading.flow.moduleOf(path);
      for (const cell of [module.assigned, reading.flow.memberOf(module, 'default')])
        reading.flow.read(cell, (value) => {
          if (value.kind === 'function') plugins.root(value, value);
          else
            for (const inner of exportsOf(reading.flow, value))
              if (inner.kind === 'function') plugins.root(inner, inner);
        });
    }
  },
  read: (reading) => readScopes(reading, followed.get(reading) ?? followPlugins(reading)),
  template: fastifyTemplate,
  join: (prefix, path) =>
    (path === '/' && prefix !== ''
      ? prefix
      : prefix.replace(/\/$/, '') + (prefix && !path.startsWith('/') && path !== '' ? `/${path}` : path)) ||
    '/',
};
export default fastify;

const commanded = new WeakMap<Reading['modules'], ReadonlySet<string>>();

/** Files that Fastify's own command starts: `fastify start app.js`. They export a plugin, and make no application. */
function commandFiles(modules: Reading['modules']): ReadonlySet<string> {
  const known = commanded.get(modules) ?? new Set(startedFiles(modules));
  commanded.set(modules, known);
  return known;
}

function startedFiles(modules: Reading['modules']): string[] {
  return modules.packages.flatMap(({ folder, json }) =>
    Object.values((json.scripts ?? {}) as Record<string, unknown>).flatMap((command) => {
      if (typeof command !== 'string' || !command.includes('fastify')) return [];
      return invocations(command).flatMap(({ program, args }) => {
        if (program !== 'fastify' || args[0] !== 'start') return [];
        const file = args.slice(1).findLast((arg) => /\.[cm]?[jt]s$/.test(arg));
        const found =
          file === undefined
            ? null
            : sourceOf(modules, `${folder ? `${folder}/` : ''}${file.replace(/^\.\//, '')}`);
        return found === null ? [] : [found];
      });
    }),
  );
}

/** A file, or the source that it is compiled from. */
function sourceOf(modules: Reading['modules'], path: string): string | null {
  const stem = path.replace(/^(.*\/)?(?:dist|build|out)\//, '$1src/');
  const candidates = [
    path,
    stem,
    stem.replace(/\.([cm]?)js$/, '.$1ts'),
    path.replace(/^(?:dist|build|out)\//, '').replace(/\.([cm]?)js$/, '.$1ts'),
  ];
  return candidates.find((each) => modules.text(each) !== null) ?? null;
}

function readScopes(reading: Reading, plugins: Plugins): Scope[] {
  const { flow } = reading;
  const scopes = new Map<ExternalValue, Scope>();
  const made = new Map(plugins.registered.map((each) => [each.instance, each]));
  const scopeOf = (instance: ExternalValue): Scope => {
    let scope = scopes.get(instance);
    if (scope === undefined) {
      const by = made.get(instance);
      const creation = instance.calls.at(-1) ?? by?.plugin;
      const isPlugin = by !== undefined && by.on !== instance;
      scope = {
        framework: 'fastify',
        kind: isPlugin ? 'plugin' : 'application',
        location: creation ? creation.file.locate(creation.node.start) : { file: '', line: 1, column: 1 },
        steps: [],
        middleware: 'whole',
      };
      scopes.set(instance, scope);
    }
    return scope;
  };
  const seen = new Set<string>();
  for (const call of inOrder(flow.externalCalls)) {
    const found = instanceMember(call.callee);
    if (found === null) continue;
    const scope = scopeOf(found.instance);
    const key = `${call.file.path} ${call.node.end} ${found.member} ${[...scopes.keys()].indexOf(found.instance)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (isVerb(found.member) || found.member === 'route')
      scope.steps.push(...routesAt(reading, call, found.member));
    if (found.member === 'addHook') addHook(reading, call, scope);
  }
  for (const { on, instance, call, prefix } of plugins.registered) {
    if (on === instance) continue;
    const location = call.file.locate(call.node.start);
    scopeOf(on).steps.push({
      ...{ kind: 'mount', scope: scopeOf(instance), location },
      prefix: prefix ?? prefixAt(reading, call),
    });
  }
  for (const { on, file, node, value, isLoaded } of plugins.packages) {
    const location = file.locate(node.start);
    const isStatic = wayTo(value) === '' && value.module === '@fastify/static';
    if (isStatic && !isLoaded) addStatic(reading, { file, node }, scopeOf(on));
    if (mayAddRoutes(value.module) || (isStatic && isLoaded))
      reading.notFollowed(
        `routes that ${value.module} may add`,
        'a plugin of a package adds them when it is loaded',
        location,
      );
    const [plugin = node] = argumentsOf(node);
    const passed = {
      file,
      node: plugin,
      functions: [],
      packages: [{ file, node: plugin, package: value.module, member: '' }],
      isUnknown: false,
    };
    scopeOf(on).steps.push({ kind: 'middleware', handlers: [passed], location });
  }
  for (const { file, node, module } of handedOn(reading))
    reading.notFollowed(
      `routes that ${module} may add`,
      'a package is handed the application',
      file.locate(node.start),
    );
  for (const { file, node, reason } of plugins.lost)
    reading.notFollowed('a plugin of Fastify', reason, file.locate(node.start));
  return [...scopes.values()];
}

/** `{ prefix }` of `register`'s options, or of what a function gives for them. */
function prefixAt({ arguments: args, flow }: Reading, { file, node }: Place): string {
  const options = argumentsOf(node)[1];
  if (options === undefined) return '';
  const values = flow
    .valuesOf(options)
    .flatMap((value) => (value.kind === 'function' ? [...value.returns.values] : [value]));
  for (const value of values) {
    const prefix = args.property(value, 'prefix');
    if (prefix === null) continue;
    const turns = args.turns({ file, node }, [prefix]);
    const text = (turns.length === 1 ? args.texts(prefix, turns[0])[0] : args.texts(prefix)[0]) ?? '';
    // Fastify puts the slash that a prefix lacks.
    return text === '' || text.startsWith('/') ? text : `/${text}`;
  }
  return '';
}

function routesAt(reading: Reading, call: ExternalCall, member: string): RouteStep[] {
  const { arguments: args, handlers } = reading;
  const { file, node } = call;
  const written = argumentsOf(node);
  const location = linkPlace(call);
  if (member === 'route') {
    const first = written[0];
    const options = first === undefined ? [] : args.objects({ file, node: first });
    if (options.length === 0)
      reading.notFollowed('a route of Fastify', 'its options could not be followed', location);
    return options.flatMap((object) => routeOf(reading, call, object));
  }
  const [path, second, third] = written;
  if (path === undefined || second === undefined) return [];
  const pathPlace = { file, node: path };
  const last = { file, node: third ?? second };
  return args.turns(call, [pathPlace]).flatMap((turn) => {
    const [options] = args.objects({ file, node: second });
    const inOptions = third === undefined ? args.property(options, 'handler') : null;
    const handler =
      inOptions === null
        ? handlers.passed(last, HANDLER, args.values(last, turn))
        : handlers.passed(inOptions, HANDLER, inOptions.values);
    return args.texts(pathPlace, turn).map(
      (text): RouteStep => ({
        ...{ kind: 'route', methods: [member.toUpperCase()], path: text, location },
        handlers: [...hooksIn(reading, options), handler],
        schema: schemaOf(reading, options),
      }),
    );
  });
}

/** One object that `fastify.route` may be given. */
function routeOf(
  { arguments: args, handlers, ...rest }: Reading,
  call: ExternalCall,
  object: ObjectValue,
): RouteStep[] {
  const reading = { arguments: args, handlers, ...rest };
  const method = args.property(object, 'method');
  const url = args.property(object, 'url') ?? args.property(object, 'path');
  const handler = args.property(object, 'handler');
  const own = object.file.locate(object.node.start);
  const atCall = linkPlace(call);
  const location = argumentsOf(call.node)[0] === object.node ? atCall : own;
  if (method === null || url === null) {
    reading.notFollowed('a route of Fastify', 'its method or path is not written down', location);
    return [];
  }
  return args.turns(call, [url, method]).flatMap((turn) =>
    args.texts(url, turn).map(
      (path): RouteStep => ({
        ...{ kind: 'route', path, location },
        methods: args.texts(method, turn).map((text) => text.toUpperCase()),
        handlers: [
          ...hooksIn(reading, object),
          ...(handler ? [handlers.passed(handler, HANDLER, handler.values)] : []),
        ],
        schema: schemaOf(reading, object),
      }),
    ),
  );
}

const portsOfHook = (name: string) =>
  /^(?:preParsing|preSerialization|onSend|onError)$/.test(name) ? PAYLOAD_HOOK : HOOK;

function hooksIn({ arguments: args, handlers }: Reading, options: ObjectValue | undefined) {
  return REQUEST_HOOKS.flatMap((name) => {
    const found = args.property(options, name);
    return found === null ? [] : [handlers.passed(found, portsOfHook(name), found.values)];
  });
}

function schemaOf({ arguments: args }: Reading, options: ObjectValue | undefined) {
  const schema = args.property(options, 'schema');
  return schema === null ? null : schema.file.locate(schema.node.start);
}

function addHook({ handlers }: Reading, { file, node }: ExternalCall, scope: Scope): void {
  const [named, hook] = argumentsOf(node);
  const name = literalText(named);
  if (name === null || hook === undefined || !REQUEST_HOOKS.includes(name)) return;
  scope.steps.push({
    ...{ kind: 'middleware', location: file.locate(node.start) },
    handlers: [handlers.passed({ file, node: hook }, portsOfHook(name))],
  });
}

/** `@fastify/static` answers everything below its prefix. */
function addStatic({ arguments: args }: Reading, { file, node }: Place, scope: Scope): void {
  const options = argumentsOf(node)[1];
  const [object] = options === undefined ? [] : args.objects({ file, node: options });
  const serve = args.property(object, 'serve');
  const wildcard = args.property(object, 'wildcard');
  if (serve?.node.value === false || wildcard?.node.value === false) return;
  const prefix = args.property(object, 'prefix');
  const text = prefix === null ? '/' : (args.texts(prefix)[0] ?? '/');
  const [plugin = node] = argumentsOf(node);
  scope.steps.push({
    ...{
      kind: 'route',
      methods: ['GET', 'HEAD'],
      path: `${text.replace(/\/?$/, '/')}*`,
      location: file.locate(node.start),
      schema: null,
    },
    handlers: [
      {
        file,
        node: plugin,
        functions: [],
        packages: [{ file, node: plugin, package: '@fastify/static', member: '' }],
        isUnknown: false,
      },
    ],
  });
}
