import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { MigrateError } from '../../src/model/errors.ts';
import { ExitCode } from '../../src/model/exit.ts';
import { type Json, removeField, setField } from '../../src/workspace/manifest-edit.ts';
import { smallestReplacement } from '../../src/workspace/text.ts';
import { installLines } from './install-lines.ts';
import { fieldsOf, mattersOf, trustedOf } from './kept.ts';
import { bun, lockfilesIn, type Manager, managerOf, npm } from './managers.ts';
import { type Migrated, migrate } from './migrate.ts';
import { type Project, readProject } from './project.ts';
import { differences } from './tree.ts';

const ID = 'package-manager';
const ROOT = { file: 'package.json', line: 1, column: 1 };
/** Packages that differ, before the rest is only counted. */
const MOST = 20;

/** @throws MigrateError `INSTALL_FAILED`, and of a runtime that cannot be had (exit code 3) */
export async function run(input: CodemodInput): Promise<CodemodOutput> {
  const output = emptyOutput();
  const stays = (reasons: readonly string[], rule: string): CodemodOutput => {
    output.outcomes.push({ ...ROOT, name: 'package.json', outcome: 'kept', reason: reasons[0] ?? '' });
    output.leftForYou.push(
      ...reasons.slice(0, MOST).map((reason) => ({ ...ROOT, codemod: ID, rule, reason })),
    );
    if (reasons.length > MOST) output.notes.push(`And ${reasons.length - MOST} more that differ.`);
    return output;
  };
  const to = input.options.to === 'npm' ? 'npm' : 'bun';
  const [lockfile, ...more] = lockfilesIn(input.paths);
  if (lockfile === undefined)
    return stays(['there is no lockfile: nothing says which releases are meant'], 'lockfile');
  if (more.length > 0)
    return stays([`there are several lockfiles: ${[lockfile, ...more].join(', ')}`], 'lockfile');
  const isBuns = lockfile === 'bun.lock';
  if (isBuns === (to === 'bun')) return output;
  if (!isBuns && to === 'npm')
    return stays([`from ${lockfile} to npm: go by Bun, or by \`npm install\``], 'lockfile');

  const project = await readProject(input);
  const { version, binary } = await bunOf(input);
  const old = isBuns ? bun(binary) : managerOf(lockfile, await textOf(input, lockfile), wantedBy(project));
  const next = to === 'bun' ? bun(binary) : npm();
  const matters = mattersOf(project, old.name, next.name);
  const stopping = matters.filter(({ stops }) => stops).map(({ reason }) => reason);
  if (stopping.length > 0) return stays(stopping, 'kept');
  const found = await migrate(input, project, old, next);
  const differ = differences(found.before.tree, found.after.tree);
  if (differ.length > 0 && input.options.differing !== true) return stays(differ, 'differs');

  output.leftForYou.push(
    ...differ.slice(0, MOST).map((reason) => ({ ...ROOT, codemod: ID, rule: 'differs', reason })),
  );
  output.leftForYou.push(...matters.map(({ reason }) => ({ ...ROOT, codemod: ID, rule: 'kept', reason })));
  const trusted = next.name === 'bun' ? trustedOf(project, old.name, found.before.tree.scripted) : [];
  for (const [path, text] of found.manifests)
    await rewrite(input, output, path, fieldsOf(path, JSON.parse(text), next, version, trusted));
  output.created.set(next.lockfile, found.lockfile);
  output.deleted.push(
    ...[lockfile, ...old.own].filter((path) => input.paths.includes(path) && path !== 'bunfig.toml'),
  );
  output.outcomes.push({ ...ROOT, name: 'package.json', outcome: 'converted' });
  const lines = await installLines(input, old, next, version, input.options.ci === true);
  for (const [path, edits] of lines.edits) output.edits.set(path, edits);
  output.leftForYou.push(...lines.left.map((each) => ({ ...each, codemod: ID })));
  output.notes.push(...notesOf(found, old, next, trusted, differ.length));
  output.next.push(
    `Everybody who installs needs ${next.name === 'bun' ? `Bun ${version}` : 'npm'}: \`${next.name} install\`.`,
  );
  return output;
}

async function bunOf({ program, options }: CodemodInput): Promise<{ version: string; binary: string }> {
  if (program) return program(`bun@${String(options.bun)}`);
  throw new MigrateError('NO_RUNTIME', 'Bun cannot be started from here.', {
    exitCode: ExitCode.precondition,
  });
}

const textOf = async ({ read }: CodemodInput, path: string): Promise<string> => (await read(path)) ?? '';

const wantedBy = ({ manifests }: Project): string | null =>
  manifests.get('package.json')?.packageManager ?? null;

/** Writes the fields that are to be others, each by itself: how the rest is written stays. */
async function rewrite(
  input: CodemodInput,
  output: Output,
  path: string,
  wanted: Readonly<Record<string, Json>>,
): Promise<void> {
  const text = await textOf(input, path);
  const now: Record<string, Json> = JSON.parse(text.replace(/^\uFEFF/, ''));
  let after = text;
  for (const [name, value] of Object.entries(wanted))
    if (JSON.stringify(now[name]) !== JSON.stringify(value)) after = setField(after, [name], value);
  for (const name of Object.keys(now)) if (!(name in wanted)) after = removeField(after, [name]);
  const edit = smallestReplacement(text, after);
  if (edit !== null) output.edits.set(path, [{ ...edit, rule: 'manifest' }]);
}

function notesOf(
  { before, after }: Migrated,
  old: Manager,
  next: Manager,
  trusted: readonly string[],
  differ: number,
): string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const same =
    differ === 0 ? 'the same releases, each for whom it was' : `${differ} differences, as you said`;
  return [
    `${before.tree.packages.size} packages and ${before.tree.relations.size} relations were installed before and after: ${same}.`,
    `Installed in copies, without install scripts: ${[old, next]
      .map(({ name }, at) => {
        const { cold, warm } = (at === 0 ? before : after).times;
        return `${name} ${seconds(cold)} with an empty cache and ${seconds(warm)} with a full one`;
      })
      .join(', ')}.`,
    ...(trusted.length > 0 ? [`Their install scripts ran and run: ${trusted.join(', ')}.`] : []),
  ];
}

interface Output extends CodemodOutput {
  edits: Map<string, readonly SpanEdit[]>;
  created: Map<string, string>;
  deleted: string[];
  outcomes: Outcome[];
  leftForYou: LeftForYou[];
  notes: string[];
  next: string[];
}

const emptyOutput = (): Output => ({
  ...{ edits: new Map(), created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
  ...{ outcomes: [], leftForYou: [], limits: [], notes: [], next: [] },
});
