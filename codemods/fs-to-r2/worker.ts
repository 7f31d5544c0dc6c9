import { posix } from 'node:path';
import { applyEdits, type ModificationOptions, modify, parse } from 'jsonc-parser';
import type { CodemodInput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou } from '../../src/model/changeset.ts';
import { resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { child, children, field, isIdentifier } from '../../src/workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { lineEnding, smallestReplacement } from '../../src/workspace/text.ts';
import { relativeSpecifier } from './folder-expression.ts';
import type { HonoProgram } from './hono.ts';

/**
 * The first date with every Node module that bundled packages ask for, and without flags.
 * Source: workerd 2026-11-17's own message on `nodejs_compat`, measured 2026-11-23.
 */
const COMPATIBILITY_DATE = '2026-08-04';

export interface WorkerChange {
  edits: Map<string, SpanEdit[]>;
  created: Map<string, string>;
  leftForYou: Omit<LeftForYou, 'codemod'>[];
}

interface Wanted {
  storage: string;
  binding: string;
  bucket: string;
  /** Names of CommonJS modules that Workers do not have, with what they shall stand for. */
  define: Readonly<Record<string, string>>;
}

/** Gives the Workers entry its bucket, in the entry and in the Wrangler configuration; both are made when missing. */
export async function bindBucket(
  input: CodemodInput,
  program: HonoProgram,
  modules: Modules,
  wanted: Wanted,
): Promise<WorkerChange> {
  const change: WorkerChange = { edits: new Map(), created: new Map(), leftForYou: [] };
  const path = ['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'].find((name) =>
    input.paths.includes(name),
  );
  const text = path === undefined ? null : await input.read(path);
  if (path === undefined || text === null) return createWorker(change, program, modules, wanted);
  if (path.endsWith('.toml')) {
    if (!/^\[\[r2_buckets\]\]/m.test(text)) {
      const table = `\n[[r2_buckets]]\nbinding = "${wanted.binding}"\nbucket_name = "${wanted.bucket}"\n`;
      change.edits.set(path, [
        { span: { start: text.length, end: text.length }, text: table, rule: 'worker/config' },
      ]);
    }
  } else {
    const edit = configEdit(text, wanted);
    if (edit !== null) change.edits.set(path, [{ ...edit, rule: 'worker/config' }]);
  }
  const main = path.endsWith('.toml')
    ? /^main\s*=\s*"([^"]+)"/m.exec(text)?.[1]
    : (parse(text) as { main?: string })?.main;
  const entry = main === undefined ? undefined : posix.normalize(main);
  const source = entry === undefined ? null : await input.read(entry);
  if (entry === undefined || source === null) {
    change.leftForYou.push({
      ...{ file: path, line: 1, column: 1, rule: 'worker/entry' },
      reason: 'the entry of the Worker is not known, so nothing gives the storage module its bucket',
      advice: `Call useBucket(env.${wanted.binding}) in the entry, before the first request.`,
    });
    return change;
  }
  const edits = entryEdits(parseFile(entry, source, { packageType: 'module' }), wanted);
  if (edits.length > 0) change.edits.set(entry, edits);
  return change;
}

function configEdit(text: string, { binding, bucket, define }: Wanted): Omit<SpanEdit, 'rule'> | null {
  const config = (parse(text) ?? {}) as {
    r2_buckets?: { binding?: string }[];
    define?: Record<string, string>;
  };
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const options: ModificationOptions = {
    formattingOptions: {
      insertSpaces: !indent.includes('\t'),
      tabSize: indent.length,
      eol: lineEnding(text),
    },
  };
  let now = text;
  const set = (path: (string | number)[], value: unknown, isArrayInsertion = false) => {
    now = applyEdits(now, modify(now, path, value, { ...options, isArrayInsertion }));
  };
  for (const [name, value] of Object.entries(define))
    if (!config.define?.[name]) set(['define', name], value);
  if (config.r2_buckets === undefined) set(['r2_buckets'], [{ binding, bucket_name: bucket }]);
  else if (!config.r2_buckets.some((one) => one.binding === binding)) {
    set(['r2_buckets', -1], { binding, bucket_name: bucket }, true);
  }
  return smallestReplacement(text, now);
}

/** Imports come first, and what they import runs before the entry: the bucket is there before the first request. */
function entryEdits(file: ParsedFile, { storage, binding }: Wanted): SpanEdit[] {
  if (/\buseBucket\(/.test(file.text)) return [];
  const statements = children(file.program, 'body');
  const imports = statements.filter(({ type }) => type === 'ImportDeclaration');
  const [first, last] = [imports[0], imports.at(-1)];
  const start = first?.start ?? statements[0]?.start ?? 0;
  const end = last?.end ?? start;
  const hasEnv = imports.some((one) =>
    /\{[^}]*\benv\b[^}]*\}\s*from\s*['"]cloudflare:workers/.test(file.text.slice(one.start, one.end)),
  );
  const own = `import { useBucket } from '${relativeSpecifier(file.path, storage)}';`;
  const rule = 'worker/entry';
  return [
    ...(hasEnv
      ? []
      : [{ span: { start, end: start }, text: `import { env } from 'cloudflare:workers';\n`, rule }]),
    { span: { start: end, end }, text: `\n${own}\n\nuseBucket(env.${binding});`, rule },
  ];
}

function createWorker(
  change: WorkerChange,
  program: HonoProgram,
  modules: Modules,
  wanted: Wanted,
): WorkerChange {
  const app = exportedApp(program);
  if (app === null) {
    const [router] = program.routers;
    const made = router?.calls.at(-1);
    change.leftForYou.push({
      ...(made?.file.locate(made.node.start) ?? { file: 'package.json', line: 1, column: 1 }),
      rule: 'worker/entry',
      reason: 'no module exports the app itself, so no entry for Workers could be written',
      advice: `Export the app; in the entry of the Worker call useBucket(env.${wanted.binding}) and \`export default app\`.`,
    });
    return change;
  }
  const entry = posix.join(
    posix.dirname(app.path),
    `worker${app.typescript ? '.ts' : posix.extname(app.path)}`,
  );
  const names = app.name === 'default' ? 'app' : `{ ${app.name === 'app' ? 'app' : `${app.name} as app`} }`;
  const lines = [
    `import { env } from 'cloudflare:workers';`,
    `import ${names} from '${relativeSpecifier(entry, app.path)}';`,
    `import { useBucket } from '${relativeSpecifier(entry, wanted.storage)}';`,
    ...['', `useBucket(env.${wanted.binding});`, '', 'export default app;', ''],
  ];
  change.created.set(entry, lines.join('\n'));
  const config = {
    name: wanted.bucket.replace(/-uploads$/, ''),
    ...{ main: entry, compatibility_date: COMPATIBILITY_DATE },
    ...(Object.keys(wanted.define).length > 0 ? { define: wanted.define } : {}),
    r2_buckets: [{ binding: wanted.binding, bucket_name: wanted.bucket }],
  };
  if (!modules.paths.includes(entry))
    change.created.set('wrangler.jsonc', `${JSON.stringify(config, null, 2)}\n`);
  return change;
}

interface ExportedApp {
  path: string;
  name: string;
  typescript: boolean;
}

/** Where the app is exported that is mounted nowhere else, and under which name. */
function exportedApp({ flow, routers, registrations }: HonoProgram): ExportedApp | null {
  const mounted = new Set(
    registrations
      .filter(({ member }) => member === 'route')
      .flatMap((one) => [...(one.arguments[1]?.values ?? [])]),
  );
  const roots = [...routers].filter((router) => !mounted.has(router));
  const isApp = (node: SyntaxNode | null) =>
    node !== null &&
    [...(flow.cellOf(node)?.values ?? [])].some((value) => roots.some((root) => root === value));
  for (const root of roots) {
    const file = root.calls.at(-1)?.file;
    if (file === undefined) continue;
    for (const statement of children(file.program, 'body')) {
      const found = (name: string) => ({ path: file.path, name, typescript: file.typescript });
      if (statement.type === 'ExportDefaultDeclaration' && isApp(child(statement, 'declaration')))
        return found('default');
      if (statement.type === 'ExportNamedDeclaration') {
        for (const one of children(statement, 'specifiers')) {
          const exported = field(child(one, 'exported') ?? one, 'name');
          const local = child(one, 'local');
          const binding = local === null ? null : resolveBindings(file).bindingOf(local);
          if (exported !== '' && isApp(binding?.node ?? null)) return found(exported);
        }
        for (const one of children(child(statement, 'declaration') ?? statement, 'declarations')) {
          const id = child(one, 'id');
          if (id !== null && isIdentifier(id) && isApp(child(one, 'init'))) return found(field(id, 'name'));
        }
      }
      const assignment = child(statement, 'expression');
      if (assignment?.type !== 'AssignmentExpression') continue;
      const left = child(assignment, 'left');
      const target = left === null ? '' : file.text.slice(left.start, left.end);
      const name = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
      if (target === 'module.exports' && isApp(child(assignment, 'right'))) return found('default');
      if (name !== undefined && isApp(child(assignment, 'right'))) return found(name);
    }
  }
  return null;
}
