import { posix } from 'node:path';
import type { Location } from '../../../../model/location.ts';
import type { Value } from '../../../syntax/flow/values.ts';
import type { Passed, Scope, Step } from '../../model.ts';
import type { Reader, Reading } from '../../reader.ts';
import { metadataPath } from './metadata.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const PAGES = /^((?:.*\/)?)(?:src\/)?pages\/api\/(.+)\.[cm]?[jt]sx?$/;
const APP = /^((?:.*\/)?)(?:src\/)?app\/(?:(.+)\/)?route\.[cm]?[jt]sx?$/;
const METADATA = /^((?:.*\/)?)(?:src\/)?app\/(?:(.+)\/)?([^/]+)$/;
const REQUEST_RESPONSE = ['request', 'response'] as const;
const REQUEST_CONTEXT = ['request', 'context'] as const;

/** Next: each file below `pages/api`, and each `route` file below `app`, is a route by where it stands. */
const next: Reader = {
  framework: 'next',
  title: 'Next.js',
  concerns: (path, modules) => (PAGES.test(path) || APP.test(path)) && isNext(modules, path),
  read: readScopes,
  template: nextTemplate,
};
export default next;

/** Whether the package that a file is of, or the root, has Next. */
function isNext({ packages }: Reading['modules'], path: string): boolean {
  return packages.some(({ folder, json }) => {
    const groups = [json.dependencies, json.devDependencies] as (Record<string, unknown> | undefined)[];
    return (
      (folder === '' || path.startsWith(`${folder}/`)) &&
      groups.some((group) => group !== undefined && 'next' in group)
    );
  });
}

/** `[id]`, `[...rest]` and `[[...rest]]`. */
function nextTemplate(written: string): string {
  return written
    .replace(/\/\[\[\.\.\.(\w+)\]\]/g, '{/*$1}')
    .replace(/\[\.\.\.(\w+)\]/g, '*$1')
    .replace(/\[(\w+)\]/g, ':$1');
}

function readScopes(reading: Reading): Scope[] {
  const scopes = new Map<string, Scope>();
  for (const path of reading.modules.paths) {
    if (!isNext(reading.modules, path)) continue;
    const [page, app] = [PAGES.exec(path), APP.exec(path)];
    const [, root = ''] = page ?? app ?? [];
    if (page === null && app === null) continue;
    const scope = scopes.get(root) ?? {
      framework: 'next',
      kind: 'application',
      location: start(path),
      steps: [],
      middleware: 'whole',
    };
    scopes.set(root, scope);
    scope.steps.push(
      ...(page ? pageSteps(reading, path, page[2] ?? '') : appSteps(reading, path, app?.[2] ?? '')),
    );
  }
  for (const file of reading.modules.files) {
    const [, root = '', folder = '', name = ''] = METADATA.exec(file) ?? [];
    const path = name === '' ? null : metadataPath(folder, name, () => reading.modules.file(file));
    const scope = scopes.get(root);
    if (path !== null && scope)
      scope.steps.push({
        kind: 'route',
        methods: ['GET'],
        path,
        handlers: [],
        location: start(file),
        schema: null,
      });
  }
  for (const [root, scope] of scopes) {
    scope.steps.push(...middlewareSteps(reading, root));
    const base = basePath(reading, root);
    for (const step of scope.steps) if (step.kind === 'route') step.path = `${base}${step.path}`;
  }
  return [...scopes.values()];
}

const start = (file: string): Location => ({ file, line: 1, column: 1 });

/** `pages/api/users/[id].ts`: its default export answers every method. */
function pageSteps(reading: Reading, path: string, below: string): Step[] {
  const { flow } = reading;
  const module = flow.moduleOf(path);
  const values = [...flow.memberOf(module, 'default').values, ...module.assigned.values].filter(
    ({ kind }) => kind !== 'module',
  );
  const handler = passed(reading, path, values, REQUEST_RESPONSE);
  if (handler === null) return [];
  const url = `/api/${below.replace(/(^|\/)index$/, '')}`.replace(/(.)\/$/, '$1');
  return [
    {
      kind: 'route',
      methods: ['ALL'],
      path: url,
      handlers: [handler],
      location: handler.functions[0]?.location ?? start(path),
      schema: null,
    },
  ];
}

/** `app/users/[id]/route.ts`: an export for each method; groups and slots are in no path. */
function appSteps(reading: Reading, path: string, folder: string): Step[] {
  const { flow } = reading;
  const module = flow.moduleOf(path);
  const parts = folder
    .split('/')
    .filter((part) => part !== '' && !/^\(.*\)$/.test(part) && !part.startsWith('@'));
  // A folder that begins with an underscore is private.
  if (parts.some((part) => part.startsWith('_'))) return [];
  return METHODS.flatMap((method): Step[] => {
    const values = [...flow.memberOf(module, method).values];
    if (values.length === 0) return [];
    const handler = passed(reading, path, values, REQUEST_CONTEXT);
    if (handler === null) return [];
    return [
      {
        kind: 'route',
        methods: [method],
        path: `/${parts.join('/')}`,
        handlers: [handler],
        location: handler.functions[0]?.location ?? start(path),
        schema: null,
      },
    ];
  });
}

/** `middleware.ts` beside `app` and `pages`, `proxy.ts` from Next 16: for which paths is not told apart. */
function middlewareSteps(reading: Reading, root: string): Step[] {
  const names = ['middleware', 'proxy'].flatMap((name) =>
    ['', 'src/'].flatMap((folder) =>
      ['ts', 'js', 'mjs'].map((ending) => posix.join(root, `${folder}${name}.${ending}`)),
    ),
  );
  return names.flatMap((path): Step[] => {
    if (reading.modules.text(path) === null || !reading.isOwn(path)) return [];
    const module = reading.flow.moduleOf(path);
    const values = ['default', 'middleware', 'proxy'].flatMap((name) => [
      ...reading.flow.memberOf(module, name).values,
    ]);
    const handler = passed(reading, path, values, REQUEST_CONTEXT);
    return values.length === 0 || handler === null
      ? []
      : [{ kind: 'middleware', handlers: [handler], location: start(path) }];
  });
}

/** What a file exports to answer, as passed; null where the file does not parse. */
function passed(
  { modules, handlers }: Reading,
  path: string,
  values: readonly Value[],
  ports: typeof REQUEST_RESPONSE | typeof REQUEST_CONTEXT,
): Passed | null {
  const file = modules.file(path);
  return file === null ? null : handlers.passed({ file, node: file.program }, ports, values);
}

/** `basePath` of Next's configuration, put before every path. */
function basePath({ modules, flow, arguments: args }: Reading, root: string): string {
  for (const ending of ['js', 'mjs', 'cjs', 'ts']) {
    const path = posix.join(root, `next.config.${ending}`);
    if (modules.text(path) === null) continue;
    const module = flow.moduleOf(path);
    for (const value of [...flow.memberOf(module, 'default').values, ...module.assigned.values]) {
      const found = args.property(value, 'basePath');
      if (found !== null) return args.texts(found)[0] ?? '';
    }
  }
  return '';
}
