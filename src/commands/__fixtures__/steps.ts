import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { APP, manifest, project, run } from './express-project.ts';

/** A stage of the repository's own, of these steps; `more`: other lines of it. */
export const stage = (steps: string, more = 'rollback: none'): string => `schema: migrate/playbook
version: 1
id: ours
title: Ours
order: 0
targets: [bun]
moves: application
risk: low
appliesWhen: []
gates: [seen]
${more}
steps:
${steps}`;

/** A file is edited, two are made and a person is asked; the check is a question, too. */
export const OURS = stage(`  - id: edit
    title: Say that it is an application
    instructions: One file is edited and two are made.
    risk: low
    actions:
      - { do: config, file: package.json, set: { private: true } }
      - { do: config, file: deploy/a.txt, content: "one\\n" }
      - { do: config, file: deploy/b.txt, content: "two\\n" }
    check: [{ do: ask, question: "Is it right?" }]
    rollback: migrate undo ours/edit
  - id: told
    title: Tell the others
    instructions: Somebody has to know.
    risk: low
    actions: [{ do: ask, question: "Who was told?" }]
    rollback: none
  - id: more
    title: Take one of them out again
    instructions: A later step on the same files.
    risk: low
    actions: [{ do: config, file: deploy/a.txt, replace: [{ text: one, by: three }] }]
    check: [{ do: ask, question: "Is it right?" }]
    rollback: migrate undo ours/more
`);

export const git = (root: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();

/** Makes a repository of a folder, with one commit by Ada. */
export function commitAll(root: string): void {
  git(root, 'init', '--quiet', '--initial-branch', 'main');
  git(root, 'config', 'user.name', 'Ada');
  git(root, 'config', 'user.email', 'ada@example.com');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'before');
}

/** A repository with these files, the stage and a commit. */
function repository(playbook: string, files: Record<string, string>): string {
  const root = project({
    'package.json': manifest(),
    'app.js': APP,
    '.gitignore': 'node_modules\n.migrate\n',
    '.migrate/playbooks/ours.yaml': playbook,
    ...files,
  });
  commitAll(root);
  return root;
}

async function plan(root: string): Promise<void> {
  const { code, notes } = await run(root, ['plan', '--target', 'bun']);
  if (code !== 0) throw new Error(notes);
}

/** What `migrate plan` drew of the stage above, once: it does not depend on the folder. */
let drawn: string | null = null;

/** A repository with a commit, the stage above and a plan. */
export async function planned(): Promise<string> {
  const root = repository(OURS, {});
  const file = join(root, '.migrate', 'plan.json');
  if (drawn === null) {
    await plan(root);
    drawn = readFileSync(file, 'utf8');
  } else writeFileSync(file, drawn);
  return root;
}

/** A planned repository whose stage has one step with these lines of YAML. */
export async function withStep(lines: string, files: Record<string, string> = {}): Promise<string> {
  const head = ['- id: step', '  title: A step', '  instructions: It is carried out.', '  risk: low'];
  const step = [...head, '  rollback: migrate undo ours/step'].map((line) => `  ${line}\n`).join('');
  const root = repository(stage(`${step}${lines}\n`), files);
  await plan(root);
  return root;
}

/** Every file outside of git's and our own folder, with its bytes. */
export function tree(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (entry.isFile() && !/^\.(git|migrate)\//.test(path)) found[path] = readFileSync(join(root, path), 'latin1');
  }
  return found;
}

/** The subjects of the branch, newest first. */
export const subjects = (root: string): string[] => git(root, 'log', '--format=%s').split('\n');

/** What git has beside the user's tree: nothing of ours may be left. */
export const worktrees = (root: string): number => git(root, 'worktree', 'list').split('\n').length;

/** The lines of the log, as `event step`. */
export const logged = (root: string): string[] =>
  readFileSync(join(root, '.migrate', 'state.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ event, detail }) => `${event} ${detail.step}`);
