import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Plan } from '../model/plan.ts';
import { project, run, shop } from './__fixtures__/express-project.ts';

describe('bad input', () => {
  const cases: [string, () => string, RegExp][] = [
    ['a directory that does not exist', () => join(project(), 'none'), /none does not exist\.$/m],
    ['a file', () => join(project({ x: '' }), 'x'), /x is not a directory\.$/m],
    ['an empty directory', () => project(), /has no files to work on\.$/m],
    ['a directory without package.json', () => project({ 'a.js': '' }), /has no package\.json\.$/m],
    [
      'a broken package.json',
      () => project({ 'package.json': '{\n  "name": "x",\n}' }),
      /package\.json:3:1 is not valid JSON/,
    ],
    [
      'a package.json that is not UTF-8',
      () => project({ 'package.json': new Uint8Array([0x7b, 0xff]) }),
      /package\.json:1:1 is not a UTF-8 text file/,
    ],
  ];
  for (const command of [['inventory'], ['plan', '--yes'], ['status']]) {
    it.each(cases)(
      `${command[0]} answers %s with one sentence and exit code 3`,
      async (_, where, sentence) => {
        const dir = where();
        const { code, out, notes } = await run('/', [command[0] ?? '', dir, ...command.slice(1)]);
        expect(code).toBe(3);
        expect(out).toBe('');
        expect(notes).toMatch(sentence);
        expect(notes.split('\n').length).toBeLessThanOrEqual(2);
        expect(existsSync(join(dir, '.migrate'))).toBe(false);
      },
    );
  }

  it.each<[string, Record<string, string | Uint8Array>]>([
    ['a source that does not parse', { 'bad.js': 'const = 1;' }],
    ['a source that is not UTF-8', { 'bad.js': new Uint8Array([0x2f, 0xff]) }],
    ['a 5 MB minified file', { 'bad.js': `x(${'1,'.repeat(2_500_000)}1)` }],
    ['a lockfile of an unknown version', { 'pnpm-lock.yaml': "lockfileVersion: '42.0'\n" }],
  ])('plans in spite of %s and lists it as not checked', async (_, files) => {
    const root = shop(files);
    const { code, documents } = await run(root, ['plan', '--target', 'bun', '--json']);
    expect(code).toBe(0);
    const named = Object.keys(files)[0] ?? '';
    expect(Plan.parse(documents[0]).notChecked.some((item) => item.what.startsWith(named))).toBe(true);
  });

  it.each(['rust', 'bun@', 'workers@1.2', 'not-sure@2', 'bun@new'])(
    'refuses --target %s with exit code 2',
    async (target) => {
      const root = shop();
      const { code, notes } = await run(root, ['plan', '--target', target]);
      expect([code, existsSync(join(root, '.migrate'))]).toEqual([2, false]);
      expect(notes).toContain(`--target ${target} is not a target.`);
    },
  );

  it('refuses a playbook of the user that is not valid, naming file, line and column, and writes nothing', async () => {
    const root = shop({
      '.migrate/playbooks/ours.yaml':
        'schema: migrate/playbook\nversion: 1\nid: ours\ntitle: Ours\norder: 4\ntargets: [bun, rust]\n',
    });
    const { code, notes } = await run(root, ['plan', '--yes']);
    expect(code).toBe(3);
    expect(notes).toMatch(/\.migrate\/playbooks\/ours\.yaml:6:16 targets\.1:/);
    expect(readdirSync(join(root, '.migrate'))).toEqual(['playbooks']);
  });

  it('names the line of a playbook that is no YAML', async () => {
    const root = shop({ '.migrate/playbooks/a.yaml': 'id: [\n' });
    const { code, notes } = await run(root, ['plan', '--yes']);
    expect([code, notes]).toEqual([3, expect.stringMatching(/a\.yaml:2:1 is not valid YAML/)]);
  });

  it('names the alias of a playbook that has no anchor', async () => {
    const root = shop({ '.migrate/playbooks/a.yaml': 'id: a\ntitle: *ours\n' });
    const { code, notes } = await run(root, ['plan', '--yes']);
    expect([code, notes]).toEqual([
      3,
      expect.stringMatching(/a\.yaml:2:8 is not valid YAML: no anchor is called ours\./),
    ]);
  });

  it('does not write through a .migrate that leads out of the repository', async () => {
    const outside = project({ keep: '' });
    const root = shop();
    symlinkSync(outside, join(root, '.migrate'));
    const { code } = await run(root, ['plan', '--target', 'bun']);
    expect(code).toBe(3);
    expect(readdirSync(outside)).toEqual(['keep']);
  });

  it('says so for an unknown command', async () => {
    expect(await run(project(), ['plam'])).toMatchObject({
      code: 2,
      notes: expect.stringContaining("unknown command 'plam'"),
    });
  });

  it.each([
    [['plam', 'services/api'], 'Did you mean `migrate plan services/api`?'],
    [
      ['codemod', 'express-to-hono', '--write'],
      'Did you mean `migrate codemod run express-to-hono --write`?',
    ],
    [['express-to-hon'], 'Did you mean `migrate codemod run express-to-hono`?'],
    [['codemod', './rename.js', 'a b'], "Did you mean `migrate codemod run ./rename.js 'a b'`?"],
    [['shadow', 'gaet'], 'Did you mean `migrate shadow gate`?'],
    [['run'], 'Did you mean `migrate codemod run` or `migrate shadow run`?'],
  ])('says for %j which command is like it', async (args, said) => {
    const { code, notes } = await run(project(), args);
    expect(code).toBe(2);
    expect(notes.split('\n').filter((line) => line.includes('Did you mean'))).toEqual([said]);
  });

  it('says so in JSON', async () => {
    const { documents } = await run(project(), ['codemod', 'fs-to-r2', '--json']);
    expect(documents).toMatchObject([
      { message: "unknown command 'fs-to-r2'", hint: 'Did you mean `migrate codemod run fs-to-r2 --json`?' },
    ]);
  });

  it('suggests nothing for a word that is like no command', async () => {
    expect((await run(project(), ['probe', 'everything'])).notes).not.toContain('Did you mean');
  });
});
