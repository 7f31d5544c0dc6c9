import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runOnTree, type Tree } from '../../src/codemod/cases.ts';
import type { LeftOut } from '../../src/model/changeset.ts';
import type { ProvisionedRuntime } from '../../src/runtimes/index.ts';
import { bundleWorker } from '../../src/runtimes/workers/bundle.ts';
import { dateOf } from '../../src/runtimes/workers/compatibility.ts';
import { readWranglerFile } from '../../src/runtimes/workers/wrangler-file.ts';
import { runBesidePackages } from './beside-packages.ts';
import type { CoverageCase } from './cases.ts';
import { WIRE } from './convert.ts';
import type { WireAnswer } from './exchange.ts';

/** A case as it was converted for Workers, or in few words why it does not run there. */
export type WorkerCase = { tree: Tree; remarks: string[]; leftOut: readonly LeftOut[] } | { why: string };

/**
 * Converts a case with `--target workers`. A Worker's entry imports the application: a case that only listens exports it
 * in an added last line.
 */
export async function convertForWorkers(one: CoverageCase, codemod = WIRE): Promise<WorkerCase> {
  const { tree, changeSet } = await runOnTree(
    codemod,
    exported(one),
    { target: 'workers' },
    runBesidePackages,
  );
  const { leftForYou, limits, files, outcomes, leftOut = [] } = changeSet;
  const reasons = [...new Set(leftForYou.map(({ reason }) => reason))];
  if (files.every(({ status }) => status === 'unchanged' || status === 'skipped'))
    return { why: shortReason(reasons) };
  if (!tree.has('wrangler.jsonc')) return { why: 'no module exports the application' };
  if (outcomes.some(({ outcome }) => outcome === 'bridged')) return { why: 'half converted' };
  const [limit] = limits;
  if (limit !== undefined) return { why: shortLimit(limit.reason) };
  return { tree, remarks: reasons, leftOut };
}

const EXPORTS = /module\.exports\s*=|export default/;

/** Whether the entry of a case exports the application, as far as can be seen. */
export const isExported = (files: Tree, { entry }: CoverageCase): boolean =>
  EXPORTS.test(files.get(entry) ?? '');

/** A case's files, with the application exported in an added last line where it is not. */
export function exported({ files, entry }: CoverageCase): Tree {
  const text = files.get(entry) ?? '';
  if (EXPORTS.test(text) || !/^const app = /m.test(text)) return files;
  const module = entry.endsWith('.js') && !/^import /m.test(text);
  return new Map([
    ...files,
    [entry, `${text}\n${module ? 'module.exports = app;' : 'export default app;'}\n`],
  ]);
}

/** What the codemod says of a route that cannot work on Workers, in the words of a column. */
function shortLimit(reason: string): string {
  const disk = /^`([^`]+)` needs a disk/.exec(reason)?.[1];
  if (disk !== undefined) return `needs a disk: ${disk}`;
  if (/^uploads are stored/.test(reason)) return 'needs a disk: uploads';
  return /^static files/.test(reason)
    ? 'static files'
    : (/\b[A-Z]{4,}(?= request)/.exec(reason)?.[0] ?? reason);
}

/** What is refused for Workers but not for Node is what Node gets a bridge for, but for these. */
function shortReason(reasons: readonly string[]): string {
  if (reasons.some((reason) => /a Worker has no socket/.test(reason))) return 'no socket';
  if (reasons.some((reason) => /and a Worker has none: WebSockets/.test(reason))) return 'no server';
  if (reasons.some((reason) => /a Worker is one bundle/.test(reason))) return 'computed module names';
  return 'needs a bridge';
}

/** Bundles placed cases, as the runtime of the project does, and writes what `host-workers.mjs` is to serve. */
export async function bundleAll(
  runtime: Pick<ProvisionedRuntime, 'home' | 'version'>,
  manifest: string,
  failed: Map<string, string>,
): Promise<string> {
  const placed: { id: string; entry: string }[] = JSON.parse(await readFile(manifest, 'utf8'));
  const workers: { id: string; script: string }[] = [];
  for (const { id, entry } of placed) {
    const folder = dirname(entry);
    const out = join(folder, '.bundle');
    await mkdir(out, { recursive: true });
    try {
      const config = await readWranglerFile(folder);
      workers.push({ id, script: await bundleWorker(folder, config?.main ?? '', out, config ?? {}) });
    } catch (error) {
      failed.set(id, error instanceof Error ? error.message : String(error));
    }
  }
  const miniflare = createRequire(join(runtime.home ?? '', 'package.json')).resolve('miniflare');
  const file = join(dirname(manifest), 'workers.json');
  await writeFile(file, JSON.stringify({ miniflare, date: dateOf(runtime.version), workers }));
  return file;
}

/** Workerd frames a body by chunks where Node gives its length; both delimit the same bytes. */
const FRAMING = /^(content-length|transfer-encoding): /;

/**
 * An answer of a Worker as far as it may differ by three rules of the shadow run:
 * `workerd-reason-phrase`, the phrase of a status is workerd's own or none where the application set none either;
 * `framing`, not for HEAD, where the header is all that is said of the body; and
 * `header-lines`, several lines of one field as one line, not for Set-Cookie.
 */
export function asOnWorkers(method: string, want: WireAnswer, got: WireAnswer): WireAnswer {
  const [code = '', ...phrase] = want.status.split(' ');
  const isDefault = phrase.join(' ') === (STATUS_CODES[code] ?? 'unknown');
  const isOwn = got.status.startsWith(`${code} `) && (isDefault || /^\d{3} (unknown)?$/.test(got.status));
  const isFraming = (line: string) => FRAMING.test(line);
  const headers =
    method === 'HEAD'
      ? got.headers
      : [...got.headers.filter((line) => !isFraming(line)), ...want.headers.filter(isFraming)];
  const joined = joinLines(want.headers).join('\n') === joinLines(headers).join('\n');
  return {
    status: isOwn ? want.status : got.status,
    headers: joined ? want.headers : headers,
    body: got.body,
  };
}

/** Headers with one line for each name, as workerd writes them. */
export function joinLines(lines: readonly string[]): string[] {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(': '));
    fields.set(name, [...(fields.get(name) ?? []), line.slice(name.length + 2)]);
  }
  return [...fields]
    .flatMap(([name, values]) =>
      name === 'set-cookie' ? values.map((each) => `${name}: ${each}`) : [`${name}: ${values.join(', ')}`],
    )
    .sort();
}
