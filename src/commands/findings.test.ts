import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at } from '../model/at.ts';
import { FindingsDocument, RulesDocument, RuleTestsDocument } from '../model/findings.ts';
import { project, run } from './__fixtures__/express-project.ts';

const APP = `import fs from 'node:fs';
import { createHook } from 'node:async_hooks';
fs.writeFileSync('a', 'b');
createHook({}).enable();
`;
const app = (text = APP, files: Record<string, string> = {}) =>
  project({
    'package.json': '{"name":"app","type":"module","main":"app.js"}',
    'app.js': text,
    ...files,
  });

/** New findings by rule, with their places. */
async function findings(root: string, ...args: string[]) {
  const { code, documents } = await run(root, ['findings', '--json', ...args]);
  const document = FindingsDocument.parse(documents[0]);
  const all = document.projects.flatMap((each) => each.findings);
  const of = (state: string) =>
    all
      .filter((each) => each.state === state && each.severity === 'blocks')
      .map(({ rule, location }) => `${rule} ${location === null ? '-' : at(location)}`);
  return { code, document, fresh: of('new'), known: of('known'), accepted: of('accepted') };
}
const WORKERS = ['--target', 'workers'];

describe('migrate findings', () => {
  it('finds each place once, for the targets that it is about, and fails', async () => {
    const root = app();
    const found = await findings(root, '--target', 'bun', '--target', 'workers');
    expect(found.code).toBe(1);
    expect(found.fresh).toEqual(['file-written app.js:3:1', 'async-hooks-bun app.js:4:1']);
    const [first] = found.document.projects[0]?.findings ?? [];
    expect(first).toMatchObject({
      targets: ['workers'],
      snippet: "fs.writeFileSync('a', 'b');",
      state: 'new',
    });
    expect((await findings(root, '--target', 'deno')).code).toBe(0);
    expect((await findings(root, ...WORKERS, '--fail-on', 'never')).code).toBe(0);
  });

  it('tells apart what suits every application of its kind, which is no finding about this one', async () => {
    const { document } = await findings(app(), '--target', 'bun', '--target', 'workers');
    const rules = document.projects.flatMap((each) => each.findings.map(({ rule }) => rule));
    expect(document.practice.map(({ rule, targets }) => [rule, targets])).toEqual([
      ['status-text-workers', ['workers']],
      ['workers-limits', ['workers']],
    ]);
    expect(rules.filter((rule) => /^(?:status-text-workers|workers-limits)$/.test(rule))).toEqual([]);
    const { document: one } = await findings(app(), ...WORKERS, '--only', 'workers-limits');
    expect(one.practice.map(({ rule }) => rule)).toEqual(['workers-limits']);
  });

  it('says nothing of a runtime that production starts the application on today', async () => {
    const start = (command: string) => ({
      'package.json': JSON.stringify({ name: 'app', type: 'module', scripts: { start: command } }),
    });
    const of = async (command: string) =>
      findings(app(APP, start(command)), '--target', 'bun', '--target', 'workers');
    const bun = await of('bun run app.js');
    expect(bun.fresh).toEqual(['file-written app.js:3:1']);
    expect(bun.document.notChecked.map(({ what, reason }) => [what, reason])).toContainEqual([
      'a switch to bun@1.4',
      'production starts it on Bun today',
    ]);
    const both = ['file-written app.js:3:1', 'async-hooks-bun app.js:4:1'];
    expect((await of('node app.js')).fresh).toEqual(both);
    expect((await of('bun run build && node app.js')).fresh).toEqual(both);
  });

  it('accepts by a comment with a reason, on the line or before it, until its date', async () => {
    const accepted = await findings(
      app(`import fs from 'node:fs';
// migrate-ignore file-written until 2999-01-31: the build writes it
fs.writeFileSync('a', 'b');
fs.writeFileSync('c', 'd'); // migrate-ignore file-written: the same
`),
      ...WORKERS,
    );
    expect([accepted.code, accepted.fresh]).toEqual([0, []]);
    expect(accepted.accepted).toEqual(['file-written app.js:3:1', 'file-written app.js:4:1']);
    expect(accepted.document.dead).toEqual([]);
  });

  it.each([
    ['without a reason', 'file-written', 'gives no reason'],
    ['over its date', 'file-written until 2020-01-31: the build', 'expired'],
    ['of a rule that is not there', 'file-writen: a', 'no such rule'],
    ['of another rule', 'state-workers: a', 'matches nothing'],
  ])('a comment %s accepts nothing, which is said', async (_, said, why) => {
    const found = await findings(
      app(`import fs from 'node:fs';\n// migrate-ignore ${said}\nfs.writeFileSync('a', 'b');\n`),
      ...WORKERS,
    );
    expect([found.code, found.fresh]).toEqual([1, ['file-written app.js:3:1']]);
    expect(found.document.dead.map((each) => [each.where, each.why])).toEqual([['app.js:2', why]]);
  });

  it('the mark in a string accepts nothing', async () => {
    const text = "import fs from 'node:fs';\nfs.writeFileSync('migrate-ignore file-written: a', 'b');\n";
    expect((await findings(app(text), ...WORKERS)).fresh).toEqual(['file-written app.js:2:1']);
  });

  it('accepts by a waiver of the repository until its date', async () => {
    const waiver = (expires: string, file = 'app.*') =>
      `findings:\n  - { rule: file-written, file: "${file}", reason: the build, expires: ${expires} }\n`;
    const root = app(APP, { '.migrate/waivers.yaml': waiver('2999-01-31') });
    expect((await findings(root, ...WORKERS)).accepted).toEqual(['file-written app.js:3:1']);
    writeFileSync(join(root, '.migrate/waivers.yaml'), waiver('2020-01-31'));
    const over = await findings(root, ...WORKERS);
    expect([over.code, over.document.dead[0]?.why]).toEqual([1, 'expired']);
    writeFileSync(join(root, '.migrate/waivers.yaml'), 'findings:\n  - { rule: a }\n');
    const wrong = await run(root, ['findings']);
    expect([wrong.code, wrong.notes]).toEqual([3, expect.stringContaining('findings.0')]);
  });

  it('with a baseline fails for what is new alone, wherever the known lines have moved to', async () => {
    const root = app();
    const wrote = await run(root, ['findings', ...WORKERS, '--update-baseline']);
    expect([wrote.code, wrote.notes]).toEqual([0, expect.stringContaining('.migrate/baseline.json')]);
    writeFileSync(join(root, 'app.js'), `\n\n${APP}`);
    const moved = await findings(root, ...WORKERS);
    expect([moved.code, moved.known]).toEqual([0, ['file-written app.js:5:1']]);
    writeFileSync(join(root, 'app.js'), `${APP}fs.writeFileSync('a', 'b');\n`);
    const twice = await findings(root, ...WORKERS);
    expect([twice.code, twice.fresh]).toEqual([1, ['file-written app.js:5:1']]);
    expect((await findings(root, ...WORKERS, '--no-baseline')).fresh).toHaveLength(2);
    writeFileSync(join(root, '.migrate/baseline.json'), '[]');
    expect((await run(root, ['findings'])).code).toBe(3);
  });

  it("takes the repository's own rules, and a rule of its own in the place of a shipped one", async () => {
    const rule = (id: string, when: string) =>
      `rules:\n  - { id: ${id}, title: T, targets: [bun], when: [${when}], severity: blocks, message: "no {{name}}", asOf: 2026-11-29, source: us }\n`;
    const root = app('console.log(process.env.LEGACY);\n', {
      '.migrate/rules/ours.yaml': rule('legacy-variable', '{ variable: LEGACY }'),
    });
    expect((await findings(root, '--target', 'bun')).fresh).toEqual(['legacy-variable app.js:1:13']);
    writeFileSync(join(root, '.migrate/rules/ours.yaml'), rule('dotenv-bun', '{ variable: LEGACY }'));
    const { document } = await findings(root, '--target', 'bun', '--only', 'dotenv-bun');
    expect(document.projects[0]?.findings.map(({ message }) => message)).toEqual(['no LEGACY']);
    writeFileSync(join(root, '.migrate/rules/ours.yaml'), rule('Bad Id', '{ variable: LEGACY }'));
    const wrong = await run(root, ['findings']);
    expect([wrong.code, wrong.notes]).toEqual([3, expect.stringContaining('.migrate/rules/ours.yaml:2:7')]);
  });

  it('counts a monorepo by service and in total', async () => {
    const service = (name: string, text: string) => ({
      [`services/${name}/package.json`]: `{"name":"${name}","type":"module","main":"app.js","scripts":{"start":"node app.js"},"dependencies":{"express":"4.22.3"}}`,
      [`services/${name}/app.js`]: `import express from 'express';\n${text}const app = express();\napp.listen(3000);\n`,
    });
    const root = project({
      'package.json': '{"name":"shop","private":true,"workspaces":["services/*"]}',
      ...service('one', "import fs from 'node:fs';\nfs.mkdirSync('a');\n"),
      ...service('two', ''),
    });
    const { document } = await findings(root, ...WORKERS);
    expect(document.projects.slice(0, 2).map(({ folder, totals }) => [folder, totals.blocks])).toEqual([
      ['services/one', 1],
      ['services/two', 0],
    ]);
    expect(document.projects[0]?.findings[0]?.location?.file).toBe('services/one/app.js');
    expect(document.totals.blocks).toBe(1);
  });

  it('writes a format into the repository and nowhere else, and refuses what it does not know', async () => {
    const root = app();
    const wrote = await run(root, ['findings', ...WORKERS, '--format', 'sarif', '--output', 'out/a.sarif']);
    expect([wrote.code, wrote.out]).toEqual([1, '']);
    expect(JSON.parse(readFileSync(join(root, 'out/a.sarif'), 'utf8')).version).toBe('2.1.0');
    const outside = await run(root, ['findings', '--format', 'csv', '--output', '../a.csv']);
    expect(outside.code).not.toBe(0);
    expect(existsSync(join(root, '../a.csv'))).toBe(false);
    for (const args of [
      ['--format', 'wat'],
      ['--output', 'a'],
      ['--fail-on', 'wat'],
      ['--only', 'wat'],
    ])
      expect([args, (await run(root, ['findings', ...args])).code]).toEqual([args, 2]);
  });
});

describe('migrate rules', () => {
  it('every shipped rule finds something in a program beside it, and nothing in another', async () => {
    const { code, documents } = await run(project(), ['rules', 'test', '--json']);
    const { failed, untested, passed } = RuleTestsDocument.parse(documents[0]);
    expect({ failed, untested, code }).toEqual({ failed: [], untested: [], code: 0 });
    expect(passed).toBeGreaterThan(150);
    const { rules } = RulesDocument.parse((await run(project(), ['rules', '--json'])).documents[0]);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('fails for a rule of the repository without a program, and for one that finds something else', async () => {
    const own = (tests: string) =>
      project({
        '.migrate/rules/ours.yaml':
          'rules:\n  - { id: ours, title: T, targets: [bun], when: [{ package: ours }], severity: blocks, message: M, asOf: 2026-11-29, source: us }\n',
        '.migrate/rules/ours.test.yaml': tests,
      });
    const none = RuleTestsDocument.parse(
      (await run(own('tests: []'), ['rules', 'test', '--json'])).documents[0],
    );
    expect(none.untested.map(({ rule, lacks }) => [rule, lacks])).toEqual([
      ['ours', 'a find'],
      ['ours', 'no find'],
    ]);
    const wrong = await run(
      own(
        'tests:\n  - { name: a, dependencies: { ours: 1.0.0 }, finds: { ours: [] } }\n  - { name: b, finds: { ours: ["package.json:1"] } }\n',
      ),
      ['rules', 'test'],
    );
    expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('expected  nothing')]);
    expect((await run(own('tests:\n  - { name: a, finds: { wat: [] } }\n'), ['rules', 'test'])).code).toBe(3);
  });
});
