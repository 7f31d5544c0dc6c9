import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { Decision, PromotionDocument, Rehearsal, RolledBackDocument } from '../model/promotion.ts';
import { RepositoryStatus } from '../model/status.ts';
import { project, run } from './__fixtures__/express-project.ts';
import { commitAll, git, stage, subjects, tree, worktrees } from './__fixtures__/steps.ts';

// Runtimes are started, and git is asked many times.
vi.setConfig({ testTimeout: 240_000 });

const PLAYBOOK = stage(
  `  - id: edit
    title: Say that it is an application
    instructions: One file is edited and one is made.
    risk: low
    actions:
      - { do: config, file: package.json, set: { private: true } }
      - { do: config, file: deploy/a.txt, content: "one\\n" }
    check: [{ do: ask, question: "Is it right?" }]
    rollback: migrate undo ours/edit
  - id: compare
    title: Compare
    instructions: Both are asked.
    risk: low
    actions: [{ do: shadow, old: node@22, new: node@22, code: before-stage }]
    rollback: none
  - id: told
    title: Tell the others
    instructions: Somebody has to know.
    risk: low
    actions: [{ do: ask, question: "Who was told?" }]
    rollback: none
  - id: shift
    title: Shift traffic
    instructions: By steps.
    risk: low
    actions: [{ do: ask, question: "All of it?" }]
    rollback: none
`,
  `rollback: put the old image back
promote: { required: [told], later: [shift], shadow: { coverage: 0.5 }, days: 2, rollback: rehearsed }
startsOn: node@22`,
);
const APP = `require('node:http')
  .createServer((req, res) => res.end('hello ' + req.url))
  .listen(process.env.PORT || 3000);
`;
const request = (n: number) => ({
  startedDateTime: `2026-03-0${1 + (n % 2)}T10:00:00.000Z`,
  request: { method: 'GET', url: `http://localhost:3000/greet?n=${n}`, headers: [] },
  response: { status: 200, statusText: 'OK', headers: [], content: {} },
});
const TRAFFIC = JSON.stringify({
  log: { version: '1.2', entries: Array.from({ length: 24 }, (_, n) => request(n)) },
});

async function repository(): Promise<string> {
  const root = project({
    'package.json': JSON.stringify({ name: 'greeter', type: 'commonjs', main: 'app.js' }),
    ...{ 'app.js': APP, 'traffic.har': TRAFFIC, '.migrate/playbooks/ours.yaml': PLAYBOOK },
  });
  commitAll(root);
  const { code, notes } = await run(root, ['plan', '--target', 'bun']);
  expect(code, notes).toBe(0);
  return root;
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const nextIn = async (root: string) =>
  RepositoryStatus.parse((await run(root, ['status', '--json'])).documents[0]).plan?.next;
const gatesOf = (document: unknown) =>
  PromotionDocument.parse(document).checks.flatMap(({ gate, outcome }) => (outcome === 'PASS' ? [] : [gate]));

it('a stage goes on when its gates hold for the code as it is, and comes back byte for byte', async () => {
  const root = await repository();
  const before = tree(root);

  const early = await run(root, ['promote', 'ours']);
  expect([early.code, existsSync(join(root, '.migrate/decisions'))]).toEqual([6, false]);
  expect(early.out).toMatch(
    /steps +ours\/edit: It is open[\s\S]*No shadow run of this code[\s\S]*Not promoted/,
  );
  expect(early.out).toContain('Next      migrate apply ours --to ours/told');

  for (const [step, ...more] of [
    ['edit', '--answer', 'yes'],
    ['compare'],
    ['told', '--answer', 'the team'],
  ]) {
    const { code, notes, out } = await run(root, ['apply', `ours/${step}`, '--yes', ...more]);
    expect(code, notes + out).toBe(0);
  }
  const after = tree(root);
  expect(await nextIn(root)).toContain('migrate promote ours');
  const half = await run(root, ['promote', 'ours', '--json']);
  expect([half.code, gatesOf(half.documents[0])]).toEqual([6, ['rollback']]);

  const tried = await run(root, ['rollback', 'ours', '--rehearse', '--json']);
  expect(Rehearsal.parse(tried.documents[0])).toMatchObject({
    ...{ outcome: 'PASS', equal: 'whole', start: { failed: null, runtime: { name: 'node' } } },
    steps: [{ step: 'ours/told' }, { step: 'ours/compare' }, { step: 'ours/edit', takes: 'files' }],
  });
  expect([tried.code, tree(root), worktrees(root)]).toEqual([0, after, 1]);

  const dry = await run(root, ['promote', 'ours', '--dry-run']);
  expect([dry.code, existsSync(join(root, '.migrate/decisions'))]).toEqual([0, false]);
  const promoted = await run(root, ['promote', 'ours']);
  expect(promoted.code, promoted.out).toBe(0);
  expect(promoted.out).toMatch(
    /days +Requests recorded on 2 days[\s\S]*Promoted\.[\s\S]*Next {6}migrate apply ours\/shift/,
  );
  expect(await nextIn(root)).toContain('migrate apply ours');
  const folder = join(root, '.migrate/decisions');
  const [json = '', markdown = ''] = readdirSync(folder).sort();
  const decision = Decision.parse(JSON.parse(readFileSync(join(folder, json), 'utf8')));
  expect(decision).toMatchObject({ outcome: 'promoted', by: 'Ada <ada@example.com>' });
  expect(decision.code).toMatchObject({
    ...{ commit: git(root, 'rev-parse', 'HEAD'), gitTree: git(root, 'rev-parse', 'HEAD^{tree}') },
    before: { commit: git(root, 'rev-parse', 'HEAD~1') },
  });
  expect(decision.runtimes.new?.version).toMatch(/^22\.\d+\.\d+$/);
  expect(decision.gates).toBe(sha256(join(root, '.migrate/gates.yaml')));
  expect(decision.evidence.map(({ kind, left }) => [kind, left])).toEqual([
    ['shadow', null],
    ['rollback', null],
  ]);
  for (const { file, sha256: expected } of decision.evidence) expect(sha256(join(root, file))).toBe(expected);
  expect(readFileSync(join(folder, markdown), 'utf8')).toContain('# Ours: promoted');
  expect(JSON.stringify(decision)).not.toContain(root);

  writeFileSync(join(root, 'app.js'), APP.replace('hello', 'good day'));
  const dirty = await run(root, ['promote', 'ours']);
  expect([dirty.code, dirty.notes]).toEqual([3, expect.stringContaining('uncommitted changes: app.js')]);
  git(root, 'commit', '--quiet', '--all', '--message', 'another greeting');
  const other = await run(root, ['promote', 'ours', '--json']);
  expect([other.code, gatesOf(other.documents[0])]).toEqual([6, ['shadow', 'days', 'rollback']]);
  const { evidence, next } = PromotionDocument.parse(other.documents[0]);
  expect(evidence.map(({ left }) => left)).toEqual([
    'its new side is other code than is committed now',
    'it rehearsed other code',
  ]);
  expect(next).toContain('migrate apply ours/compare --again');
  const again = await run(root, ['apply', 'ours/compare', '--again', '--traffic', 'traffic.har']);
  expect(again.notes).toMatch(/ours\/compare: FAIL/);
  const failing = await run(root, ['promote', 'ours', '--json']);
  expect([failing.code, gatesOf(failing.documents[0])[0]]).toEqual([1, 'verdict']);

  const waived = await run(root, [
    ...['promote', 'ours', '--waive', 'verdict', '--waive', 'defect-bound,days,rollback'],
    ...['--reason', 'wanted', '--by', 'Ada'],
  ]);
  expect(waived.code, waived.out + waived.notes).toBe(2);
  expect(waived.notes).toContain('the stage has no gate "defect-bound"');
  const kept = await run(root, [
    ...['promote', 'ours', '--waive', 'verdict,days,rollback', '--reason', 'wanted', '--by', 'Ada', '--json'],
  ]);
  expect(kept.code, kept.out).toBe(0);
  expect(PromotionDocument.parse(kept.documents[0])).toMatchObject({
    outcome: 'promoted-with-waivers',
    written: [expect.stringMatching(/-ours-2\.md$/), expect.stringMatching(/-ours-2\.json$/)],
  });

  const asked = await run(root, ['rollback', 'ours']);
  expect([asked.code, subjects(root)[0]]).toEqual([5, 'another greeting']);
  const back = await run(root, ['rollback', 'ours', '--yes', '--json']);
  expect(back.code, back.notes).toBe(0);
  expect(RolledBackDocument.parse(back.documents[0]).rehearsal.equal).toBe('files');
  expect(tree(root)).toEqual({ ...before, 'app.js': APP.replace('hello', 'good day') });
  expect([subjects(root).slice(0, 2), worktrees(root)]).toEqual([['Undo ours/edit', 'another greeting'], 1]);
  expect((await run(root, ['rollback', 'ours', '--yes'])).code).toBe(3);
});

it('says what is wrong with what it is given', async () => {
  const root = await repository();
  const gates = join(root, '.migrate/gates.yaml');
  const refused = async (args: string[], expected: number, said: RegExp) => {
    const { code, notes } = await run(root, args);
    expect([code, notes]).toEqual([expected, expect.stringMatching(said)]);
  };
  await refused(['promote', 'nope'], 2, /no stage "nope"[\s\S]*It has ours/);
  await refused(['promote', 'ours', '--waive', 'days', '--by', 'Ada'], 2, /--reason is missing/);
  await refused(['promote', 'ours', '--waive', 'days', '--reason', 'why'], 2, /--by is missing/);
  await refused(['rollback', 'ours', '--rehearse'], 3, /No step of ours is done/);
  writeFileSync(gates, 'stages:\n  ours:\n    dais: 7\n');
  await refused(['promote', 'ours'], 3, /\.migrate\/gates\.yaml:3:5 stages\.ours\.dais: Unrecognized key/);
  writeFileSync(gates, 'stages: [\n');
  await refused(['promote', 'ours'], 3, /\.migrate\/gates\.yaml:2:1 is not valid YAML/);
  writeFileSync(gates, 'coverage: 0.5 # ours\n');
  await refused(['promote', 'ours'], 3, /no gates for the stage ours[\s\S]*plan --rebase/);
  expect((await run(root, ['plan', '--rebase'])).code).toBe(0);
  expect(readFileSync(gates, 'utf8')).toMatch(/^coverage: 0\.5 # ours\nstages:\n {2}ours:\n/);
  writeFileSync(gates, 'stages:\n  ours: { required: [tolt] }\n');
  const { code, out } = await run(root, ['promote', 'ours']);
  expect([code, out]).toEqual([
    6,
    expect.stringContaining("tolt: The gates name the step tolt, which the plan's stage has not."),
  ]);
});
