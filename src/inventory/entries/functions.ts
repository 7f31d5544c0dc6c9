import { posix } from 'node:path';
import { isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { CloudFunction, NotChecked } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import type { GatewayFunction } from '../../workspace/server/model.ts';
import { evidenceAt } from '../evidence.ts';
import { isRecord } from '../manifests.ts';
import { type From, gatewayOf, request } from './gateway.ts';
import type { SourceFinder } from './sources.ts';
import { resolved } from './variables.ts';

/** What one manifest declares, and what in it could not be read. */
export interface DeclaredFunctions {
  file: string;
  functions: CloudFunction[];
  /** The same functions with the requests that API Gateway gives them. */
  gateway: GatewayFunction[];
  notChecked: NotChecked[];
}

const SERVERLESS = /(^|\/)serverless[\w.-]*\.ya?ml$/;
/** A manifest for a developer's machine: its functions are those of the manifest beside it. */
const LOCAL = /(^|\/)serverless[._-](?:offline|local|dev|development|test)\.ya?ml$/;
const TEMPLATE = /(^|\/)(sam-)?template[\w.-]*\.ya?ml$/;
const NESTED = /(^|\/)(node_modules|examples?|templates?|fixtures|tests?)\//;

/** The functions that Serverless and SAM manifests declare, in the order of the files. */
export async function cloudFunctions(
  repository: Repository,
  finder: SourceFinder,
): Promise<DeclaredFunctions[]> {
  const found: DeclaredFunctions[] = [];
  for (const file of repository.files) {
    const isServerless = SERVERLESS.test(file);
    if ((!isServerless && !TEMPLATE.test(file)) || NESTED.test(file)) continue;
    if (
      LOCAL.test(file) &&
      ['yml', 'yaml'].some((end) => repository.has(file.replace(/[^/]+$/, `serverless.${end}`)))
    )
      continue;
    const text = await repository.read(file);
    if (text === null) continue;
    // `!Ref` and its like are tags of CloudFormation's own: they are left as what they hold.
    const document = parseDocument(text, { lineCounter: new LineCounter(), logLevel: 'silent' });
    if (document.errors.length > 0) continue;
    const written: unknown = document.toJS();
    if (!isRecord(written)) continue;
    const value = isServerless ? await resolved(written, file, repository) : written;
    const offset = (...path: string[]): number => {
      const parent = document.getIn(path.slice(0, -1), true);
      const items = isRecord(parent) && Array.isArray(parent.items) ? parent.items : [];
      for (const { key } of items) if (isScalar(key) && key.value === path.at(-1)) return key.range?.[0] ?? 0;
      return 0;
    };
    const offsetOf = (...path: (string | number)[]): number => {
      const node = document.getIn(path, true);
      return (isNode(node) ? node.range?.[0] : null) ?? offset(String(path[0]), String(path[1]));
    };
    const from = { file, text, offset, offsetOf, finder };
    found.push(isServerless ? await serverless(value, from) : await template(value, from));
  }
  return found;
}

async function serverless(value: Record<string, unknown>, from: From): Promise<DeclaredFunctions> {
  const { file, text, offset } = from;
  const provider = isRecord(value.provider) ? value.provider : {};
  const declared = Array.isArray(value.functions) ? value.functions : [value.functions];
  const functions: CloudFunction[] = [];
  const gateway: GatewayFunction[] = [];
  const notChecked: NotChecked[] = [];
  for (const group of declared) {
    if (typeof group === 'string')
      notChecked.push({
        what: `the functions of ${file}`,
        reason: `they are written elsewhere (${group})`,
        location: evidenceAt(file, text, offset('functions'), 'read').location,
      });
    for (const [name, about] of Object.entries(isRecord(group) ? group : {})) {
      if (!isRecord(about)) continue;
      const handler = typeof about.handler === 'string' ? about.handler : null;
      const declaredEvents: unknown[] = Array.isArray(about.events) ? about.events : [];
      const events = declaredEvents.map(serverlessEvent);
      const requests = requestsOf(events, (index) => serverlessFormat(declaredEvents[index], provider));
      const module = moduleOf(handler, '', from);
      const source = await sourceOf(module, from);
      const place = evidenceAt(file, text, offset('functions', name), 'read');
      const runtime = textOf(about.runtime) ?? textOf(provider.runtime);
      functions.push({
        ...place,
        ...{ name, platform: 'serverless', handler, file: source, runtime, events, module, requests },
      });
      if (runtime === null || /^(nodejs|provided)/.test(runtime))
        gateway.push(
          gatewayOf(from, offset('functions', name), { name, handler, file: source }, events, (index) => [
            'functions',
            name,
            'events',
            index,
          ]),
        );
    }
  }
  return { file, functions, gateway, notChecked };
}

function serverlessEvent(event: unknown): string {
  // `- httpApi` alone is no request of its own.
  if (typeof event === 'string') return event;
  const [kind = 'event', about] = Object.entries(isRecord(event) ? event : {})[0] ?? [];
  if (kind !== 'http' && kind !== 'httpApi') return kind;
  if (typeof about === 'string') {
    const [first, second] = about.trim().split(/\s+/);
    return second === undefined ? request('ANY', first) : request(first, second);
  }
  return isRecord(about) ? request(about.method, about.path) : kind;
}

async function template(value: Record<string, unknown>, from: From): Promise<DeclaredFunctions> {
  const { file, text, offset } = from;
  const functions: CloudFunction[] = [];
  const gateway: GatewayFunction[] = [];
  const globals = isRecord(value.Globals) && isRecord(value.Globals.Function) ? value.Globals.Function : {};
  for (const [name, resource] of Object.entries(isRecord(value.Resources) ? value.Resources : {})) {
    if (!isRecord(resource) || !/^AWS::(Serverless|Lambda)::Function$/.test(String(resource.Type))) continue;
    const properties = { ...globals, ...(isRecord(resource.Properties) ? resource.Properties : {}) };
    const runtime = textOf(properties.Runtime);
    if (runtime !== null && !/^(nodejs|provided)/.test(runtime)) continue;
    const handler = textOf(properties.Handler);
    const declared = isRecord(properties.Events) ? properties.Events : {};
    const events = Object.values(declared).map(templateEvent);
    const requests = requestsOf(events, (index) => templateFormat(Object.values(declared)[index]));
    const module = moduleOf(handler, textOf(properties.CodeUri) ?? '', from);
    const source = await sourceOf(module, from);
    const place = evidenceAt(file, text, offset('Resources', name), 'read');
    functions.push({
      ...place,
      ...{ name, platform: 'sam', handler, file: source, runtime, events, module, requests },
    });
    const names = Object.keys(declared);
    gateway.push(
      gatewayOf(from, offset('Resources', name), { name, handler, file: source }, events, (index) => [
        ...['Resources', name, 'Properties', 'Events', names[index] ?? ''],
      ]),
    );
  }
  return { file, functions, gateway, notChecked: [] };
}

function templateEvent(event: unknown): string {
  const type = isRecord(event) ? String(event.Type) : 'event';
  const about = isRecord(event) && isRecord(event.Properties) ? event.Properties : {};
  return /^(Http)?Api$/.test(type) ? request(about.Method, about.Path) : type;
}

/** `src/users.create` → `src/users`, from the manifest's folder and the function's own; null outside of the root. */
function moduleOf(handler: string | null, code: string, { file }: From): string | null {
  if (handler === null) return null;
  const folder = posix.dirname(file) === '.' ? '' : posix.dirname(file);
  const path = posix.join(folder, code, handler.replace(/\.[^./]+$/, '')).replace(/^\.\//, '');
  return path.startsWith('..') ? null : path;
}

/** `src/users` → `src/users.ts`. */
async function sourceOf(module: string | null, { file, finder }: From): Promise<string | null> {
  if (module === null) return null;
  const folder = posix.dirname(file) === '.' ? '' : posix.dirname(file);
  return (await finder.find(module, folder)).source;
}

/** What of a function's events, as `request` writes them, are requests. */
const requestsOf = (
  events: readonly string[],
  formatOf: (index: number) => Format,
): CloudFunction['requests'] =>
  events.flatMap((event, index) => {
    const [, method = '', path = ''] = /^([A-Z]+) (\/.*)$/.exec(event) ?? [];
    return method === '' ? [] : [{ method, path, format: formatOf(index) }];
  });

type Format = CloudFunction['requests'][number]['format'];

/** Source: Serverless Framework, HTTP API, "Event payload format". */
function serverlessFormat(event: unknown, provider: Record<string, unknown>): Format {
  if (!isRecord(event) || !('httpApi' in event)) return '1.0';
  const about = isRecord(provider.httpApi) ? provider.httpApi : {};
  return about.payload === '1.0' ? '1.0' : '2.0';
}

/** Source: AWS SAM, HttpApi event, `PayloadFormatVersion`. */
function templateFormat(event: unknown): Format {
  if (!isRecord(event) || event.Type !== 'HttpApi') return '1.0';
  return isRecord(event.Properties) && String(event.Properties.PayloadFormatVersion) === '1.0'
    ? '1.0'
    : '2.0';
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
