import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer, project, run, shop } from './__fixtures__/express-project.ts';

describe('migrate alone', () => {
  it('prints help and exits with 0 without a terminal', async () => {
    const { code, out } = await run(project(), []);
    expect(code).toBe(0);
    expect(out).toContain('Usage: migrate');
  });

  it('offers to draw the plan where there is none, and draws it', async () => {
    const root = shop();
    const asked = answer({ run: ['plan', '--target', 'bun'] });
    const { code, out } = await run(root, [], { interactive: true });
    expect(code).toBe(0);
    expect(out).toContain('none drawn yet');
    expect(asked[0]?.choices[0]?.name).toMatch(/^Draw the plan/);
    expect(existsSync(join(root, '.migrate', 'plan.json'))).toBe(true);
  });

  it('names the plan, what was done and the evidence', async () => {
    const root = shop();
    await run(root, ['plan', '--target', 'bun']);
    writeFileSync(
      join(root, '.migrate', 'state.jsonl'),
      '{"version":1,"at":"2026-11-23T10:00:00.000Z","event":"codemod-applied","detail":{"codemod":"express-to-hono","left":2}}\n',
    );
    mkdirSync(join(root, '.migrate', 'runs', '2026-11-23-1'), { recursive: true });
    const { out } = await run(root, ['status']);
    expect(out).toContain('Move to Bun 1.4');
    expect(out).toContain('2026-11-23 10:00  codemod applied: express-to-hono, 2 left for you');
    expect(out).toContain('no report  2026-11-23-1');
  });

  it('says which file is broken instead of failing', async () => {
    const root = shop({ '.migrate/plan.json': '{"schema": "migrate/plan"' });
    const { code, out } = await run(root, ['status']);
    expect([code, out]).toEqual([0, expect.stringContaining('.migrate/plan.json is not valid JSON.')]);
  });
});
