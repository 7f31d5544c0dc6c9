import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange, RawHeaders } from '../../model/exchange.ts';
import type { TrafficSource } from '../sources.ts';
import { LOGIN_HINT } from '../traffic/login.ts';
import { exchangeOf, skips, skipWarnings, startsHar } from './_exchange.ts';
import { firstExample, isNode, type Node, resolver, sample } from './_schema.ts';

const METHODS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'];
const MAX_BYTES = 64 * 1024 * 1024;

type Resolve = (value: unknown) => Node | undefined;

/** OpenAPI 3 descriptions: one request for each operation, from its examples and schemas. */
const openapi: TrafficSource = {
  id: 'openapi',
  title: 'an OpenAPI 3 description (JSON or YAML)',
  recognises: (_file, head, kind) =>
    kind === 'file' &&
    !startsHar(head) &&
    /^\s*(?:\{[\s\S]{0,4000}?)?["']?(openapi|swagger)["']?\s*:\s*["']?\d/m.test(head),
  async read(file) {
    const name = basename(file);
    const root = await document(file);
    const resolve = resolver(root);
    const base = serverPath(root);
    const left = skips();
    const exchanges: Exchange[] = [];
    let secured = 0;
    for (const [template, raw] of Object.entries(isNode(root.paths) ? root.paths : {})) {
      const item = resolve(raw);
      if (!item) {
        left.add('its path refers to another file');
        continue;
      }
      for (const method of METHODS) {
        const operation = resolve(item[method]);
        if (!operation) continue;
        const parameters = merge(item.parameters, operation.parameters, resolve);
        const target = targetOf(base + template, parameters, resolve);
        const body = bodyOf(operation, resolve);
        if (typeof target === 'object' || (body !== null && 'reason' in body)) {
          left.add(typeof target === 'object' ? target.reason : body && 'reason' in body ? body.reason : '');
          continue;
        }
        const headers: RawHeaders = [
          ['Host', 'localhost'],
          ['Accept', '*/*'],
        ];
        for (const parameter of parameters)
          if (parameter.in === 'header' && parameter.required === true)
            headers.push([String(parameter.name), String(exampleOf(parameter, resolve))]);
        if (body) headers.push(['Content-Type', body.type]);
        const security = operation.security ?? root.security;
        if (Array.isArray(security) && security.some((one) => isNode(one) && Object.keys(one).length > 0))
          secured++;
        exchanges.push(
          exchangeOf(exchanges.length + 1, {
            ...{ source: `openapi:${name}`, session: name, method: method.toUpperCase() },
            ...{ origin: 'http://localhost', path: target, headers, body: body?.bytes ?? null },
          }),
        );
      }
    }
    const warnings = skipWarnings(name, left.counts);
    if (secured > 0)
      warnings.push(
        `${name}: ${secured} of ${exchanges.length} operations need a login, and a description holds none; ${LOGIN_HINT}`,
      );
    return { source: 'openapi', file, exchanges, skipped: left.counts, warnings };
  },
};
export default openapi;

async function document(file: string): Promise<Node> {
  const bad = (why: string) =>
    new MigrateError('OPENAPI_INVALID', `${file} is no OpenAPI 3 description: ${why}.`);
  const bytes = await readFile(file);
  if (bytes.length > MAX_BYTES) throw bad(`it is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
  let root: unknown;
  try {
    // A JSON text is YAML too. Aliases are bounded: a few lines of them can stand for gigabytes.
    root = parse(bytes.toString('utf8'), { maxAliasCount: 100 });
  } catch (error) {
    throw bad((error as Error).message.split('\n')[0] ?? 'it does not parse');
  }
  if (!isNode(root)) throw bad('it is no object');
  if (!/^3\./.test(String(root.openapi))) throw bad(`version ${root.openapi ?? root.swagger} is not 3.x`);
  return root;
}

/** The path of the first server, as in `https://api.example.com/v1`. */
function serverPath(root: Node): string {
  const first = Array.isArray(root.servers) && isNode(root.servers[0]) ? root.servers[0] : null;
  const url = String(first?.url ?? '/').replace(/\{(\w+)\}/g, (all, name: string) => {
    const variable = isNode(first?.variables) ? first.variables[name] : undefined;
    return isNode(variable) ? String(variable.default ?? all) : all;
  });
  const path = URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : '/';
  return path.replace(/\/$/, '');
}

/** Parameters of the path, overridden by those of the operation. */
function merge(path: unknown, operation: unknown, resolve: Resolve): Node[] {
  const all = new Map<string, Node>();
  for (const list of [path, operation])
    for (const raw of Array.isArray(list) ? list : []) {
      const parameter = resolve(raw);
      if (parameter) all.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  return [...all.values()];
}

const exampleOf = (parameter: Node, resolve: Resolve): unknown =>
  firstExample(parameter) ?? sample(parameter.schema, resolve);

function targetOf(
  template: string,
  parameters: readonly Node[],
  resolve: Resolve,
): string | { reason: string } {
  let missing: string | undefined;
  const path = template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    const schema = resolve(parameter?.schema);
    // Only what the description gives: a made-up id would ask for something that is not there.
    const value =
      (parameter && firstExample(parameter)) ??
      (schema && (firstExample(schema) ?? (Array.isArray(schema.enum) ? schema.enum[0] : undefined)));
    if (value === undefined) missing ??= name;
    return encodeURIComponent(String(value));
  });
  if (missing !== undefined) return { reason: `no example for the path parameter "${missing}"` };
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required === true || firstExample(one) !== undefined))
    .flatMap((one) =>
      [exampleOf(one, resolve)]
        .flat()
        .map((value) => `${encodeURIComponent(String(one.name))}=${encodeURIComponent(String(value))}`),
    );
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

function bodyOf(
  operation: Node,
  resolve: Resolve,
): { type: string; bytes: Buffer } | { reason: string } | null {
  const content = resolve(operation.requestBody)?.content;
  if (!isNode(content)) return null;
  const types = Object.keys(content);
  const type =
    types.find((one) => /[/+]json\b/.test(one)) ?? types.find((one) => /urlencoded|^text\//.test(one));
  if (type === undefined)
    return types.length === 0 ? null : { reason: `bodies of type ${types[0]} are not made up` };
  const media = resolve(content[type]) ?? {};
  const value = firstExample(media) ?? sample(media.schema, resolve);
  if (/json/.test(type)) return { type, bytes: Buffer.from(JSON.stringify(value)) };
  if (/urlencoded/.test(type) && isNode(value)) {
    const pairs = Object.entries(value).map(([key, one]): [string, string] => [key, String(one)]);
    return { type, bytes: Buffer.from(new URLSearchParams(pairs).toString()) };
  }
  return { type, bytes: Buffer.from(String(value)) };
}
