import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { AppliedDocument, StepUndoneDocument } from '../model/documents.ts';
import { StepRecord } from '../model/state.ts';
import { answer, run, shop } from './__fixtures__/express-project.ts';
import { git, logged, planned, subjects, tree, worktrees } from './__fixtures__/steps.ts';

// Git is asked many times in each, and a machine may have much else to do.
vi.setConfig({ testTimeout: 240_000 });

const EDIT = ['apply', 'ours/edit', '--yes', '--answer', 'yes'];

describe('migrate apply', () => {
  it('shows the exact patch, checks it, and makes one commit of exactly that', async () => {
    const root = await planned();
    const shown = await run(root, ['apply', 'ours/edit', '--dry-run', '--json']);
    const [step] = AppliedDocument.parse(shown.documents[0]).steps;
    expect([step?.outcome, subjects(root), tree(root)['deploy/a.txt']]).toEqual([
      'shown',
      ['before'],
      undefined,
    ]);

    const { code, out } = await run(root, EDIT);
    expect(code).toBe(0);
    expect(out).toMatch(
      /deploy\/a\.txt {2}created, \+1 −0[\s\S]*package\.json {2}changed, \+1 −1[\s\S]*answered: yes/,
    );
    expect(subjects(root)).toEqual(['Say that it is an application', 'before']);
    expect(`${git(root, 'diff', '--no-renames', 'HEAD~1', 'HEAD')}\n`).toBe(step?.patch);
    expect([git(root, 'status', '--porcelain'), worktrees(root)]).toEqual(['', 1]);
    expect(git(root, 'log', '-1', '--format=%an: %b')).toMatch(
      /^Ada: Done:[\s\S]*Checked:\n- answered: yes[\s\S]*Migrate-Step: ours\/edit/,
    );
  });

  it('keeps who did what, when and from what, as lines that can be read', async () => {
    const root = await planned();
    await run(root, ['apply', 'ours', '--yes', '--answer', 'yes', '--to', 'edit']);
    await run(root, ['apply', 'told', '--answer', 'the people of payments']);
    const lines = readFileSync(join(root, '.migrate', 'state.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const [edit, told] = lines.map((line) => StepRecord.parse(JSON.parse(line).detail));
    expect(edit).toMatchObject({
      ...{ step: 'ours/edit', by: 'Ada <ada@example.com>', commit: git(root, 'rev-parse', 'HEAD') },
      ...{ base: git(root, 'rev-parse', 'HEAD~1'), patch: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(told?.actions[0]?.detail).toEqual({ question: 'Who was told?', answer: 'the people of payments' });
    const { out } = await run(root, ['status']);
    expect(out).toContain('Ours: ready, 2 of 3 steps done or skipped');
    expect(out).toContain('next: ours/more  Take one of them out again');
  });

  it('leaves the tree as it was where a check fails, and says why', async () => {
    const root = await planned();
    const before = tree(root);
    const { code, notes } = await run(root, ['apply', 'ours/edit', '--yes', '--answer', 'no']);
    expect([code, notes]).toEqual([4, expect.stringContaining('ours/edit: not done yet: Is it right?')]);
    expect([tree(root), subjects(root), worktrees(root)]).toEqual([before, ['before'], 1]);
    expect(logged(root)).toEqual(['step-failed ours/edit']);
  });

  it('asks on a terminal, and does nothing where the answer is to stop', async () => {
    const root = await planned();
    const asked = answer('stop');
    const { code } = await run(root, ['apply', 'ours/edit'], { interactive: true });
    expect([code, asked[0]?.choices.map(({ value }) => value), subjects(root)]).toEqual([
      0,
      ['apply', 'stop'],
      ['before'],
    ]);
  });

  it.each([
    [['apply', 'ours/edit'], /changes files, and there is no terminal/],
    [['apply', 'ours', '--yes'], /Is it right\? There is no terminal to ask on/],
  ])('without a terminal %j is exit code 5', async (args, said) => {
    const root = await planned();
    const { code, notes } = await run(root, args);
    expect([code, notes, subjects(root)]).toEqual([5, expect.stringMatching(said), ['before']]);
  });

  it.each<[string, number, (root: string) => void, RegExp]>([
    [
      'an uncommitted change',
      3,
      (root) => writeFileSync(join(root, 'app.js'), '//\n'),
      /uncommitted changes: app\.js/,
    ],
    [
      'a file git does not know',
      3,
      (root) => writeFileSync(join(root, 'new.js'), '//\n'),
      /uncommitted changes: new\.js/,
    ],
    ['no branch', 3, (root) => git(root, 'checkout', '--quiet', '--detach'), /HEAD is on no branch/],
    [
      'a merge under way',
      3,
      (root) => writeFileSync(join(root, '.git', 'MERGE_HEAD'), `${git(root, 'rev-parse', 'HEAD')}\n`),
      /A merge is under way/,
    ],
    [
      'no plan',
      3,
      (root) => writeFileSync(join(root, '.migrate', 'plan.json'), '{'),
      /plan\.json is not valid JSON/,
    ],
  ])('refuses %s', async (_, expected, spoil, said) => {
    const root = await planned();
    spoil(root);
    const before = tree(root);
    const { code, notes } = await run(root, EDIT);
    expect([code, notes]).toEqual([expected, expect.stringMatching(said)]);
    expect(tree(root)).toEqual(before);
  });

  it('refuses where there is no git', async () => {
    const root = shop({ '.migrate/playbooks/ours.yaml': (await import('./__fixtures__/steps.ts')).OURS });
    await run(root, ['plan', '--target', 'bun']);
    const { code, notes } = await run(root, EDIT);
    expect([code, notes]).toEqual([
      3,
      expect.stringContaining('is not in a git repository, and each step is a commit'),
    ]);
  });

  it('refuses a plan whose steps would be others now, until it is drawn again', async () => {
    const root = await planned();
    const plan = join(root, '.migrate', 'playbooks', 'ours.yaml');
    writeFileSync(join(root, 'app.js'), `${readFileSync(join(root, 'app.js'), 'utf8')}// more\n`);
    git(root, 'commit', '--quiet', '--all', '--message', 'an edit that changes no step');
    expect((await run(root, ['apply', 'ours/edit', '--dry-run'])).code).toBe(0);
    writeFileSync(plan, readFileSync(plan, 'utf8').replace('content: "two', 'content: "2'));
    const { code, notes } = await run(root, EDIT);
    expect([code, notes]).toEqual([
      3,
      expect.stringContaining('older than the repository: ours/edit does something else now'),
    ]);
    expect((await run(root, ['plan', '--diff'])).out).toContain('ours/edit does something else now');
    expect((await run(root, ['plan', '--rebase'])).code).toBe(0);
    expect((await run(root, EDIT)).code).toBe(0);
    expect(tree(root)['deploy/b.txt']).toBe('2\n');
  });

  it('commits nothing where the branch moved while the step was checked', async () => {
    const root = await planned();
    answer('');
    const { default: inquirer } = await import('inquirer');
    const move = () => {
      git(root, 'commit', '--quiet', '--allow-empty', '--message', 'somebody else');
      return Promise.resolve({ answer: 'yes' });
    };
    (inquirer.prompt as unknown as { mockImplementation(by: unknown): void }).mockImplementation(move);
    const { code, notes } = await run(root, ['apply', 'ours/edit', '--yes'], { interactive: true });
    expect([code, notes]).toEqual([
      3,
      expect.stringMatching(/While the step was checked, main moved from \w{8} to \w{8}/),
    ]);
    expect([subjects(root), worktrees(root), git(root, 'status', '--porcelain')]).toEqual([
      ['somebody else', 'before'],
      1,
      '',
    ]);
  });
});

describe('the hooks of the repository', () => {
  const hook = (root: string, name: string, script: string) => {
    const file = join(root, '.git', 'hooks', name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  };

  it('may refuse the commit: every byte and the index are as before', async () => {
    const root = await planned();
    const before = tree(root);
    hook(root, 'pre-commit', 'echo changed >> package.json; echo "no commits on a Friday" >&2; exit 1');
    const { code, notes } = await run(root, EDIT);
    expect([code, notes]).toEqual([
      4,
      expect.stringMatching(/git refused the commit[\s\S]*no commits on a Friday/),
    ]);
    expect([tree(root), git(root, 'status', '--porcelain'), subjects(root)]).toEqual([
      before,
      '',
      ['before'],
    ]);
    expect(existsSync(join(root, 'deploy'))).toBe(false);
  });

  it('may write the files anew and the message, and the step can still be undone to the byte', async () => {
    const root = await planned();
    const before = tree(root);
    hook(root, 'pre-commit', 'echo formatted >> deploy/a.txt; git add deploy/a.txt');
    hook(root, 'commit-msg', 'echo "CHORE-1 as the team writes it" > "$1"');
    expect((await run(root, EDIT)).code).toBe(0);
    expect([tree(root)['deploy/a.txt'], subjects(root)[0]]).toEqual([
      'one\nformatted\n',
      'CHORE-1 as the team writes it',
    ]);
    const { code, documents } = await run(root, ['undo', 'edit', '--json']);
    expect(code).toBe(0);
    expect(StepUndoneDocument.parse(documents[0]).files).toEqual([
      'deploy/a.txt',
      'deploy/b.txt',
      'package.json',
    ]);
    // The hook also adds to the file that the undo removes.
    git(root, 'rm', '--quiet', '--force', '--ignore-unmatch', 'deploy/a.txt');
    expect(tree(root)).toEqual(before);
  });
});

describe('migrate undo, skip and resume', () => {
  it('undo takes a step back by a commit, to the byte, and opens it again', async () => {
    const root = await planned();
    const before = tree(root);
    expect((await run(root, EDIT)).code).toBe(0);
    const { code, out } = await run(root, ['undo']);
    expect([code, out]).toEqual([0, expect.stringContaining('Undone: ours/edit, 3 files restored.')]);
    expect([tree(root), git(root, 'diff', '--stat', 'HEAD~2'), existsSync(join(root, 'deploy'))]).toEqual([
      before,
      '',
      false,
    ]);
    expect(subjects(root)[0]).toBe('Undo ours/edit');
    expect((await run(root, EDIT)).code).toBe(0);
  });

  it('undo refuses a step whose files a later one changed, and takes both back in their order', async () => {
    const root = await planned();
    const before = tree(root);
    await run(root, EDIT);
    await run(root, ['skip', 'told', '--reason', 'nobody there']);
    expect((await run(root, ['apply', 'more', '--yes', '--answer', 'yes'])).code).toBe(0);
    const early = await run(root, ['undo', 'ours/edit']);
    expect([early.code, early.notes]).toEqual([3, expect.stringContaining('deploy/a.txt')]);
    for (const step of ['more', 'edit']) expect((await run(root, ['undo', step])).code).toBe(0);
    expect(tree(root)).toEqual(before);
  });

  it('skip needs a reason, keeps it, and is taken back by undo', async () => {
    const root = await planned();
    expect((await run(root, ['skip', 'ours/edit'])).code).toBe(2);
    expect((await run(root, ['skip', 'ours/edit', '--reason', 'later'])).code).toBe(0);
    const [line = ''] = readFileSync(join(root, '.migrate', 'state.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({
      event: 'step-skipped',
      detail: { reason: 'later', by: 'Ada <ada@example.com>' },
    });
    expect((await run(root, ['undo', 'ours/edit'])).code).toBe(0);
    expect((await run(root, ['apply', 'told', '--answer', 'all'])).notes).toContain(
      'ours/edit comes before ours/told',
    );
  });

  it('resume goes on with the stage that was under way', async () => {
    const root = await planned();
    await run(root, ['apply', 'ours', '--yes', '--answer', 'yes']);
    expect(logged(root)).toEqual(['step-done ours/edit']);
    const { code, out } = await run(root, ['resume', '--yes', '--answer', 'all of them']);
    expect([code, out]).toEqual([5, expect.stringContaining('answered: all of them')]);
    expect(logged(root)).toEqual(['step-done ours/edit', 'step-done ours/told']);
  });

  it.each([
    [['apply', 'nowhere'], 2, /no stage or step "nowhere"/],
    [['apply', 'scripts-to-bun'], 3, /stage scripts-to-bun does not apply: package\.json has no scripts/],
    [['undo', 'ours/edit'], 3, /The step ours\/edit is open/],
    [['skip', 'wat', '--reason', 'x'], 2, /no stage or step "wat"/],
  ])('%j is said in a sentence', async (args, expected, said) => {
    const { code, notes } = await run(await planned(), args);
    expect([code, notes]).toEqual([expected, expect.stringMatching(said)]);
  });
});
