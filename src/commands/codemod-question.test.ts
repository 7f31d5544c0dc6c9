import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer, run, shop } from './__fixtures__/express-project.ts';

const CODEMOD = ['codemod', 'run', 'express-to-hono'];

describe('a codemod whose option is a choice', () => {
  it('asks on a terminal, with what each answer costs here, and shows the change of the answer', async () => {
    const root = shop();
    const asked = answer('wire');
    const { code, out } = await run(root, CODEMOD, { interactive: true });
    expect(code).toBe(0);
    expect(asked.map(({ message }) => message)).toEqual(['How near to Express should the answers stay?']);
    const names = Object.fromEntries(asked[0]?.choices.map(({ value, name }) => [String(value), name]) ?? []);
    expect(names.wire).toMatch(
      /^wire {2}\([\d,]+ generated lines, \d+ dependencies more, 1 less, no difference\)$/,
    );
    expect(names.idiomatic).toMatch(
      /^idiomatic {2}\(\d+ generated lines, 2 dependencies more, 1 less, \d+ kinds of differences announced\)$/,
    );
    const lines = (value: string) =>
      Number(/\(([\d,]+) generated/.exec(names[value] ?? '')?.[1]?.replace(',', ''));
    expect(lines('idiomatic')).toBeLessThan(lines('wire'));
    expect(out).toContain('migrate codemod run express-to-hono --parity wire --write');
    expect(out).not.toContain('Left out');
  });

  it('writes what was answered', async () => {
    const root = shop();
    answer('idiomatic');
    const args = [...CODEMOD, '--write', '--allow-dirty'];
    const { code, out } = await run(root, args, { interactive: true });
    expect(code, out).toBe(0);
    expect(out).toContain('.migrate/waivers.yaml');
    const waivers = join(root, '.migrate/waivers.yaml');
    expect(readFileSync(waivers, 'utf8')).toContain('parity/x-powered-by');
    expect((await run(root, ['undo'])).code).toBe(0);
    expect(existsSync(waivers)).toBe(false);
  });

  it('adds its waivers to the team’s own, and undoing it leaves those as they were', async () => {
    const own =
      'waivers:\n  - { route: GET /hello, location: header:x-a, reason: ours, expires: 2999-01-01 } # why\n';
    const root = shop({ '.migrate/waivers.yaml': own });
    await run(root, [...CODEMOD, '--parity', 'idiomatic', '--write', '--allow-dirty']);
    const waivers = join(root, '.migrate/waivers.yaml');
    const written = readFileSync(waivers, 'utf8');
    expect(written.startsWith(own.trimEnd())).toBe(true);
    expect(written).toContain('parity/x-powered-by');
    expect((await run(root, ['undo'])).code).toBe(0);
    expect(readFileSync(waivers, 'utf8')).toBe(own);
  });

  it.each([
    ['with the option', ['--parity', 'idiomatic'], true],
    ['with --yes', ['--yes'], true],
    ['with --json', ['--json'], true],
    ['without a terminal', [], false],
  ])('asks nothing %s', async (_, args, interactive) => {
    const asked = answer(new Error('nobody is there'));
    const { code } = await run(shop(), [...CODEMOD, ...args], { interactive });
    expect(code).toBe(0);
    expect(asked).toEqual([]);
  });

  it('asks nothing where there is nothing to convert', async () => {
    const asked = answer(new Error('nobody is there'));
    const { code } = await run(shop({ 'app.js': 'module.exports = 1;\n' }), CODEMOD, { interactive: true });
    expect(code).toBe(0);
    expect(asked).toEqual([]);
  });
});
