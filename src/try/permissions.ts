import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { z } from 'zod';
import type { TryPermissions } from '../model/try.ts';
import { launchAlone, rehearseAlone } from '../shadow/index.ts';
import { type Context, launchOptions, type Row, titleOf } from './context.ts';

/** One line of what Deno writes down with DENO_AUDIT_PERMISSIONS. */
const Check = z.object({
  permission: z.string(),
  value: z.string().nullish(),
  idle: z.boolean().default(false),
});
type Check = z.infer<typeof Check>;

/** What one start of the application asked for and answered. */
interface Heard {
  checks: Check[];
  /** By exchange index. */
  statuses: Map<number, number>;
  folders: Folders;
  port: string;
  /** Hosts it called, as the way out saw them. */
  called: Set<string>;
}

interface Folders {
  app: string;
  /** Ours: logs, and what is loaded into the application to move its port. */
  logs: string;
}

/** Everything, without saying so: what is allowed as a whole is not asked for, and not written down (measured with 2.9.6). */
const EVERYTHING = [
  ...['--allow-env', '--allow-net', '--allow-sys', '--allow-run', '--allow-ffi', '--allow-import'],
  ...['--allow-read=/', '--allow-write=/'],
];

/**
 * What an application asks Deno for while it answers: it runs once with everything allowed and every question written down,
 * and again with only what it needed. What nothing came of is left out first, and given back where it answers otherwise then.
 */
export async function permissionsOf(row: Row, context: Context): Promise<TryPermissions> {
  const { progress, signal } = context.options;
  progress(`${titleOf(row.way)}: what it asks for`);
  const all = await listen(row, context, 'all', EVERYTHING);
  const asked = [...all.statuses];
  let best: TryPermissions | null = null;
  for (const [at, allow] of [needed(all, true), needed(all, false)].entries()) {
    progress(`${titleOf(row.way)}: with that alone`);
    const own = [`--allow-read=${all.folders.logs}`, `--allow-write=${all.folders.logs}`];
    const alone = await listen(row, context, `alone-${at}`, merged([...flagsOf(allow), ...own])).catch(
      () => null,
    );
    signal.throwIfAborted();
    const same = asked.filter(([index, status]) => alone?.statuses.get(index) === status).length;
    if (best === null || same > best.same) best = { allow, flags: flagsOf(allow), same, of: asked.length };
    if (same === asked.length) break;
  }
  return best ?? { allow: [], flags: [], same: 0, of: asked.length };
}

async function listen(
  row: Row,
  context: Context,
  name: string,
  permissions: readonly string[],
): Promise<Heard> {
  const { options, exchanges, scratch } = context;
  const file = join(scratch, `audit-${name}.jsonl`);
  const logs = `permissions-${name}`;
  const env = { ...row.env, DENO_AUDIT_PERMISSIONS: file };
  const { side, egress, close } = await launchAlone(row.given, {
    ...launchOptions(context, logs, env),
    permissions,
  });
  try {
    const heard = await rehearseAlone(side, exchanges, {
      ...{ writes: options.writes, timeoutMs: options.timeoutMs, signal: options.signal },
    });
    const port = egress?.ports.old;
    const urls = port?.calls().flatMap(({ place }) => place.split(' ')[1] ?? []) ?? [];
    const app = side.own.dirs.find((dir) => existsSync(join(dir, 'package.json'))) ?? '';
    return {
      checks: checksIn(existsSync(file) ? readFileSync(file, 'utf8') : '').map((check) => ({
        ...check,
        idle: isIdle(check, app, row.given.spec.replace(/^[^:]*:/, '')),
      })),
      statuses: new Map(
        heard.flatMap(({ exchange, asked }) => (asked ? [[exchange.index, asked.status]] : [])),
      ),
      folders: { app: realpathSync(app || scratch), logs: realpathSync(join(scratch, 'logs', logs)) },
      port: new URL(side.origin).port,
      called: new Set([...urls.map((url) => hostOf(url)), ...(port?.tunnels().keys() ?? [])]),
    };
  } finally {
    await close();
  }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

const checksIn = (text: string): Check[] =>
  text.split('\n').flatMap((line) => {
    try {
      return [Check.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });

/**
 * Whether nothing came of a question: what was to be written is as it was, or a folder was looked at. Deno asks so of what is
 * only opened (measured with 2.9.6). It has to be looked at while the copy is there.
 */
function isIdle({ permission, value }: Check, app: string, original: string): boolean {
  if (!value || (permission !== 'write' && permission !== 'read')) return false;
  const inside = value.startsWith(sep) ? relative(app, value) : value;
  const [now, then] = [join(app, inside), join(original, inside)];
  if (inside.startsWith('..') || !existsSync(now)) return false;
  if (permission === 'read') return inside === '' || inside === '.';
  if (!existsSync(then)) return false;
  return statSync(now).isDirectory() || readFileSync(now).equals(readFileSync(then));
}

/** The checks as flags would say them. @param lean without those that nothing came of */
function needed({ checks, folders, port, called }: Heard, lean: boolean): TryPermissions['allow'] {
  const found = new Map<string, Set<string> | null>();
  const add = (kind: string, value: string | null) => {
    if (value === null) found.set(kind, null);
    else if (!found.has(kind)) found.set(kind, new Set([value]));
    else found.get(kind)?.add(value);
  };
  for (const { permission, value, idle } of checks) {
    if (lean && idle) continue;
    if (permission === 'read' || permission === 'write') {
      const path = value ? pathOf(value, folders) : null;
      if (path !== '') add(permission, path);
    } else if (permission === 'net') for (const host of hostsOf(value ?? null, port)) add('net', host);
    else if (!OURS.test(`${permission} ${value}`)) add(permission, value ?? null);
  }
  for (const host of called) add('net', host);
  return [...found]
    .map(([kind, values]) => ({ kind, values: values && shortest(kind, [...values].sort()) }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** What is asked for by what we load into the application, and by Deno itself as it is told of the way out. */
const OURS = /^env (?:DENO_AUDIT_PERMISSIONS|(?:HTTPS?|NO|ALL)_PROXY|NODE_USE_ENV_PROXY)$/i;

/** Relative to the application, where it is inside of it; empty for our own. */
function pathOf(value: string, { app, logs }: Folders): string {
  const absolute = value.startsWith(sep) ? value : join(app, value);
  if (absolute === logs || absolute.startsWith(`${logs}${sep}`)) return '';
  const inside = relative(app, absolute).split(sep).join('/');
  if (inside === '') return '.';
  return inside.startsWith('..') ? absolute : `./${inside}`;
}

/** An own port is another one in production; a way out of ours is none of its own. */
function hostsOf(value: string | null, port: string): (string | null)[] {
  if (value === null) return [null];
  if (value.endsWith(`:${port}`)) return ['0.0.0.0', '127.0.0.1', '[::]', 'localhost'];
  return /^(?:127\.0\.0\.1|localhost|\[::1\]):/.test(value) ? [] : [value];
}

/** Files of one folder are that folder, where there are several; packages are one folder. */
function shortest(kind: string, values: readonly string[]): string[] {
  if (kind !== 'read' && kind !== 'write') return [...values];
  if (values.includes('.')) return values.filter((each) => !each.startsWith('./'));
  const folders = new Map<string, string[]>();
  for (const value of values) {
    const top = /^\.\/[^/]+/.exec(value)?.[0] ?? value;
    folders.set(top, [...(folders.get(top) ?? []), value]);
  }
  return [...folders].flatMap(([top, own]) => {
    if (own.length === 1 && !top.endsWith('/node_modules')) return own;
    return own.every((each) => each === top) ? [top] : [commonFolder(own)];
  });
}

function commonFolder(paths: readonly string[]): string {
  let folder = paths.includes(posix.dirname(paths[0] ?? ''))
    ? posix.dirname(paths[0] ?? '')
    : (paths[0] ?? '');
  while (!paths.every((each) => each === folder || each.startsWith(`${folder}/`)))
    folder = posix.dirname(folder);
  return folder.startsWith('.') || folder.startsWith('/') ? folder : `./${folder}`;
}

/** `--allow-read=./public`, one flag for each kind. */
const flagsOf = (allow: TryPermissions['allow']): string[] =>
  allow.map(({ kind, values }) => `--allow-${kind}${values === null ? '' : `=${values.join(',')}`}`);

/** Several flags of one kind are one. */
function merged(flags: readonly string[]): string[] {
  const found = new Map<string, string[]>();
  for (const flag of flags) {
    const [name = '', values] = flag.split('=');
    if (values === undefined) found.set(name, []);
    else if (found.get(name)?.length !== 0) found.set(name, [...(found.get(name) ?? []), values]);
  }
  return [...found].map(([name, values]) => (values.length === 0 ? name : `${name}=${values.join(',')}`));
}
