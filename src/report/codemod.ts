import { structuredPatch } from 'diff';
import type { ChangeSet, FileChange, FileStatus, Outcome } from '../model/changeset.ts';
import { at } from '../model/location.ts';
import type { Io } from './io.ts';

/** What is shown of a codemod in a list. */
export interface CodemodSummary {
  id: string;
  title: string;
  from: string;
  to: string;
  description: string;
  options: readonly {
    name: string;
    description: string;
    values?: readonly string[];
    default: string | boolean;
  }[];
}

const STATUSES: readonly FileStatus[] = ['changed', 'created', 'deleted', 'unchanged', 'skipped', 'failed'];
const KINDS: readonly Outcome['outcome'][] = ['converted', 'bridged', 'refused'];

export function printCodemodList(io: Io, codemods: readonly CodemodSummary[]): void {
  if (codemods.length === 0) {
    io.line('There are no codemods.');
    return;
  }
  const width = Math.max(...codemods.map((codemod) => codemod.id.length));
  for (const codemod of codemods) io.line(`${io.colors.bold(codemod.id.padEnd(width))}  ${codemod.title}`);
  io.line();
  io.line(`${io.colors.dim('next')}  migrate codemod show ${codemods[0]?.id}`);
}

export function printCodemod(io: Io, codemod: CodemodSummary, readme: string | null): void {
  io.line(`${io.colors.bold(codemod.id)}  ${codemod.from} → ${codemod.to}`);
  io.line(codemod.description);
  if (codemod.options.length > 0) io.line('\nOptions');
  for (const option of codemod.options) {
    const values = option.values ? ` <${option.values.join('|')}>` : '';
    io.line(
      `  --${option.name}${values}  ${option.description} ${io.colors.dim(`(default ${option.default})`)}`,
    );
  }
  if (readme) io.line(`\n${readme.trimEnd()}`);
  io.line(`\n${io.colors.dim('next')}  migrate codemod run ${codemod.id}`);
}

/** A change set as a person reads it: a diff grouped by file, what became of each unit, what is left, what is next. */
export function printChangeSet(io: Io, changeSet: ChangeSet, command: string): void {
  for (const file of changeSet.files) if (file.oldText !== file.newText) printFile(io, file, changeSet);
  printSummary(io, changeSet);
  printFiles(io, changeSet);
  printOutcomes(io, changeSet);
  printLeft(io, changeSet);
  for (const sentence of changeSet.next) io.line(`${io.colors.dim('next')}  ${sentence}`);
  if (!changeSet.files.some((file) => file.oldText !== file.newText)) {
    const failed = changeSet.files.filter((file) => file.status === 'failed').length;
    io.line(failed > 0 ? `Nothing to apply: ${failed} failed.` : 'Nothing to do: no file needs a change.');
  } else if (changeSet.journal) {
    io.line(`Written. ${io.colors.dim(`Take it back with`)} migrate undo ${changeSet.journal}`);
  } else {
    io.line(`Nothing written. ${io.colors.dim('Apply with')} ${command} --write`);
  }
}

function printFile(io: Io, file: FileChange, changeSet: ChangeSet): void {
  const { bold, dim, green, red } = io.colors;
  const outcomes = changeSet.outcomes.filter((outcome) => outcome.file === file.path);
  const counts = KINDS.map((kind) => `${kind} ${outcomes.filter((one) => one.outcome === kind).length}`).join(
    ' · ',
  );
  const right = outcomes.length > 0 ? counts : file.status;
  io.line(`${bold(file.path)}${' '.repeat(Math.max(2, 96 - file.path.length - right.length))}${dim(right)}`);
  const { hunks } = structuredPatch('', '', file.oldText ?? '', file.newText ?? '', '', '', { context: 1 });
  const lineCount = Math.max(
    ...hunks.map((hunk) => Math.max(hunk.oldStart + hunk.oldLines, hunk.newStart + hunk.newLines)),
    0,
  );
  const width = Math.max(4, String(lineCount).length + 2);
  for (const [index, hunk] of hunks.entries()) {
    if (index > 0) io.line(dim(`${' '.repeat(width)}  ⋯`));
    let [before, after] = [hunk.oldStart, hunk.newStart];
    for (const line of hunk.lines) {
      const text = visible(line.slice(1));
      if (line.startsWith('-')) io.line(`${dim(String(before++).padStart(width))}  ${red(`- ${text}`)}`);
      else if (line.startsWith('+'))
        io.line(`${dim(String(after++).padStart(width))}  ${green(`+ ${text}`)}`);
      else if (line.startsWith('\\')) io.line(dim(`${' '.repeat(width)}  ${line}`));
      else {
        io.line(dim(`${String(before++).padStart(width)}    ${text}`));
        after++;
      }
    }
  }
  io.line();
}

// A file's control characters must not reach the terminal as commands; a carriage return is the line's own ending.
const visible = (text: string): string =>
  text
    .replace(/\r$/, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (char) => JSON.stringify(char).slice(1, -1));

function printSummary(io: Io, changeSet: ChangeSet): void {
  const parts: string[] = [];
  for (const status of STATUSES) {
    const count = changeSet.files.filter((file) => file.status === status).length;
    if (count > 0) parts.push(`${count} ${status}`);
  }
  const looked = `${changeSet.considered} ${changeSet.considered === 1 ? 'file' : 'files'} looked at`;
  io.line([looked, ...parts].join(' · '));
}

function printFiles(io: Io, changeSet: ChangeSet): void {
  const { red, yellow, dim } = io.colors;
  const failed = changeSet.files.filter((file) => file.status === 'failed');
  const skipped = changeSet.files.filter((file) => file.status === 'skipped');
  for (const file of failed) io.line(`  ${red('failed')}   ${file.path}  ${file.reason ?? ''}`);
  for (const file of skipped.slice(0, 10))
    io.line(`  ${yellow('skipped')}  ${file.path}  ${file.reason ?? ''}`);
  if (skipped.length > 10) io.line(dim(`  and ${skipped.length - 10} more skipped; all of them with --json`));
}

function printOutcomes(io: Io, { outcomes, unit, limits }: ChangeSet): void {
  const { red, yellow } = io.colors;
  if (outcomes.length > 0) {
    const counts = KINDS.map((kind) => `${outcomes.filter((one) => one.outcome === kind).length} ${kind}`);
    io.line(`${outcomes.length} ${outcomes.length === 1 ? unit : `${unit}s`}: ${counts.join(', ')}`);
  }
  for (const one of outcomes) {
    if (one.outcome === 'converted') continue;
    const colour = one.outcome === 'bridged' ? yellow : red;
    const where = one.runtimes ? `   runs on ${one.runtimes.join(', ')}` : '';
    io.line(`  ${colour(one.outcome)}  ${at(one)}  ${one.name}   ${one.reason ?? ''}${where}`);
  }
  if (limits.length > 0) io.line('Limits');
  for (const limit of limits) {
    const where = limit.location ? `   ${at(limit.location)}` : '';
    io.line(`  ${yellow(limit.runtime)}  ${limit.route}  ${limit.reason}${where}`);
  }
}

function printLeft(io: Io, { leftForYou }: ChangeSet): void {
  if (leftForYou.length === 0) return;
  io.line(`Left for you: ${leftForYou.length}`);
  for (const left of leftForYou) {
    io.line(`  ${at(left)}  ${left.reason}${io.colors.dim(`   ${left.codemod}/${left.rule}`)}`);
    if (left.advice) io.line(`    → ${left.advice}`);
  }
}
