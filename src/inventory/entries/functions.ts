import { posix } from 'node:path';
import { isScalar, LineCounter, parseDocument } from 'yaml';
import type { CloudFunction, NotChecked } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import { evidenceAt } from '../evidence.ts';
import { isRecord } from '../manifests.ts';
import type { SourceFinder } from './sources.ts';

/** What one manifest declares, and what in it could not be read. */
export interface DeclaredFunctions {
  file: string;
  functions: CloudFunction[];
  notChecked: NotChecked[];
}

const SERVERLESS = /(^|\/)serverless[\w.-]*\.ya?ml$/;
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
    const text = await repository.read(file);
    if (text === null) continue;
    // `!Ref` and its like are tags of CloudFormation's own: they are left as what they hold.
    const document = parseDocument(text, { lineCounter: new LineCounter(), logLevel: 'silent' });
    if (document.errors.length > 0) continue;
    const value: unknown = document.toJS();
    if (!isRecord(value)) continue;
    const offset = (...path: string[]): number => {
      const parent = document.getIn(path.slice(0, -1), true);
      const items = isRecord(parent) && Array.isArray(parent.items) ? parent.items : [];
      for (const { key } of items) if (isScalar(key) && key.value === path.at(-1)) return key.range?.[0] ?? 0;
      return 0;
    };
    const from = { file, text, offset, finder };
    found.push(isServerless ? await serverless(value, from) : await template(value, from));
  }
  return found;
}

interface From {
  file: string;
  text: string;
  offset(...path: string[]): number;
  finder: SourceFinder;
}

async function serverless(value: Record<string, unknown>, from: From): Promise<DeclaredFunctions> {
  const { file, text, offset } = from;
  const provider = isRecord(value.provider) ? value.provider : {};
  const declared = Array.isArray(value.functions) ? value.functions : [value.functions];
  const functions: CloudFunction[] = [];
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
      functions.push({
        ...evidenceAt(file, text, offset('functions', name), 'read'),
        name,
        platform: 'serverless',
        handler,
        file: await sourceOf(handler, '', from),
        runtime: textOf(about.runtime) ?? textOf(provider.runtime),
        events: Array.isArray(about.events) ? about.events.map(serverlessEvent) : [],
      });
    }
  }
  return { file, functions, notChecked };
}

function serverlessEvent(event: unknown): string {
  if (typeof event === 'string') return event;
  const [kind = 'event', about] = Object.entries(isRecord(event) ? event : {})[0] ?? [];
  if (kind !== 'http' && kind !== 'httpApi') return kind;
  if (typeof about === 'string') return about === '*' ? 'ANY /*' : about;
  return isRecord(about) ? request(about.method, about.path) : kind;
}

const request = (method: unknown, path: unknown): string => {
  const written = String(path ?? '*');
  return `${String(method ?? 'any').toUpperCase()} ${written.startsWith('/') ? written : `/${written}`}`;
};

async function template(value: Record<string, unknown>, from: From): Promise<DeclaredFunctions> {
  const { file, text, offset } = from;
  const functions: CloudFunction[] = [];
  const globals = isRecord(value.Globals) && isRecord(value.Globals.Function) ? value.Globals.Function : {};
  for (const [name, resource] of Object.entries(isRecord(value.Resources) ? value.Resources : {})) {
    if (!isRecord(resource) || !/^AWS::(Serverless|Lambda)::Function$/.test(String(resource.Type))) continue;
    const properties = { ...globals, ...(isRecord(resource.Properties) ? resource.Properties : {}) };
    const runtime = textOf(properties.Runtime);
    if (runtime !== null && !/^(nodejs|provided)/.test(runtime)) continue;
    const handler = textOf(properties.Handler);
    functions.push({
      ...evidenceAt(file, text, offset('Resources', name), 'read'),
      name,
      platform: 'sam',
      handler,
      file: await sourceOf(handler, textOf(properties.CodeUri) ?? '', from),
      runtime,
      events: Object.values(isRecord(properties.Events) ? properties.Events : {}).map(templateEvent),
    });
  }
  return { file, functions, notChecked: [] };
}

function templateEvent(event: unknown): string {
  const type = isRecord(event) ? String(event.Type) : 'event';
  const about = isRecord(event) && isRecord(event.Properties) ? event.Properties : {};
  return /^(Http)?Api$/.test(type) ? request(about.Method, about.Path) : type;
}

/** `src/users.create` → `src/users.ts`, from the manifest's folder and the function's own. */
async function sourceOf(
  handler: string | null,
  code: string,
  { file, finder }: From,
): Promise<string | null> {
  if (handler === null) return null;
  const folder = posix.dirname(file) === '.' ? '' : posix.dirname(file);
  const path = posix.join(folder, code, handler.replace(/\.[^./]+$/, '')).replace(/^\.\//, '');
  return path.startsWith('..') ? null : (await finder.find(path, folder)).source;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
