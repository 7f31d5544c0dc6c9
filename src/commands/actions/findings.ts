import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BASELINE_FILE, writeBaseline } from '../../findings/baseline.ts';
import { collectFindings } from '../../findings/index.ts';
import { ExitCode } from '../../model/exit.ts';
import type { FindingsDocument } from '../../model/findings.ts';
import { readPlan } from '../../plan/store.ts';
import { findingsCsv } from '../../report/findings/csv.ts';
import { findingsHtml } from '../../report/findings/html.ts';
import { findingsMarkdown } from '../../report/findings/markdown.ts';
import { findingsSarif } from '../../report/findings/sarif.ts';
import { printFindings } from '../../report/findings/text.ts';
import type { Io } from '../../report/io.ts';
import { defaultSpec, parseTarget, type Target } from '../../rules/targets.ts';
import { writeFileAtomic } from '../../workspace/atomic.ts';
import { resolveInside } from '../../workspace/repository.ts';
import { usage } from '../usage.ts';
import { ownVersion } from '../version.ts';

export interface Options {
  target: string[];
  only: string[];
  format: string;
  output?: string;
  /** false for `--no-baseline`. */
  baseline: string | false;
  updateBaseline?: boolean;
  failOn: string;
  all?: boolean;
  json?: boolean;
}

const FAILS = ['blocks', 'differs', 'never'] as const;
const FORMATS: Record<string, (found: FindingsDocument) => string | Promise<string>> = {
  sarif: async (found) => `${JSON.stringify(findingsSarif(found, await ownVersion()), null, 2)}\n`,
  csv: findingsCsv,
  markdown: findingsMarkdown,
  html: findingsHtml,
};

/** `migrate findings`. @throws MigrateError as `collectFindings` does, or (exit 2) for bad usage */
export async function findings(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const { format, output, updateBaseline = false } = options;
  const write = FORMATS[format];
  if (format !== 'text' && !write)
    throw usage(`--format ${format} is not one of text, ${Object.keys(FORMATS).join(', ')}.`);
  if (output !== undefined && !write)
    throw usage(
      '--output needs --format sarif, csv, markdown or html.',
      'As in --format sarif --output migrate.sarif.',
    );
  const failOn = FAILS.find((each) => each === options.failOn);
  if (!failOn) throw usage(`--fail-on ${options.failOn} is not one of ${FAILS.join(', ')}.`);
  if (updateBaseline && (options.baseline === false || options.only.length > 0))
    throw usage('--update-baseline writes all that is found: leave out --no-baseline and --only.');
  const root = resolve(io.cwd, dir);
  const found = await collectFindings(root, {
    targets: targetsOf(root, options.target),
    only: options.only,
    baseline: options.baseline === false ? null : options.baseline,
    signal: io.signal,
    progress: (text) => io.progress(text),
    today: new Date().toISOString().slice(0, 10),
  });
  io.signal.throwIfAborted();
  if (output !== undefined && write) {
    const file = resolveInside(root, output);
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic(file, await write(found));
    io.note(`Written   ${output}`);
  }
  if (io.json) io.document(found);
  else if (!write) printFindings(io, found, { all: options.all ?? false });
  else if (output === undefined) io.line((await write(found)).trimEnd());
  if (updateBaseline) {
    const file = options.baseline === false ? BASELINE_FILE : options.baseline;
    const kept = writeBaseline(
      root,
      file,
      found.projects.flatMap((project) => project.findings),
    );
    io.note(`Written   ${file}  (${kept} findings are known from now on; commit it)`);
    return ExitCode.ok;
  }
  const { blocks, differs } = found.totals;
  const failing = { blocks, differs: blocks + differs, never: 0 }[failOn];
  return failing > 0 ? ExitCode.findings : ExitCode.ok;
}

/** The targets asked for; else the one that the repository's plan is for; else every one. */
function targetsOf(root: string, given: readonly string[]): Target[] {
  const asked = given.map((value) => parseTarget(value));
  if (asked.some(({ name }) => name === 'not-sure')) throw usage('--target not-sure has no rules: name one.');
  if (asked.length > 0) return asked;
  const plan = readPlan(root);
  if (plan) return [plan.target];
  return (['bun', 'deno', 'workers', 'node'] as const).map((name) => ({ name, spec: defaultSpec(name) }));
}
