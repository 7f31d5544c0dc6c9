import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Plan } from '../model/plan.ts';
import { APP, manifest, project, run } from './__fixtures__/express-project.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const EXPORTED = APP.replace(
  'app.listen(3000);',
  "if (require.main === module) app.listen(process.env.PORT, '127.0.0.1');\nmodule.exports = app;",
);

/** An application of one route in a repository of its own, with its packages, below a folder that copies may go to. */
function application(): string {
  const root = join(project({ keep: '' }), 'shop');
  mkdirSync(root);
  writeFileSync(join(root, 'package.json'), manifest({ scripts: { start: 'node app.js' } }));
  writeFileSync(join(root, 'app.js'), EXPORTED);
  writeFileSync(join(root, '.gitignore'), 'node_modules\n.migrate/\n');
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync(modules).filter((each) => !each.startsWith('.')))
    symlinkSync(join(modules, name), join(root, 'node_modules', name), 'junction');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  return root;
}

/** Words of a printed command; none of ours has quotes. */
const words = (command: string): string[] => command.split(' ');

it.each([
  ['bun', /^(migrate runtimes|migrate shadow)/],
  ['workers', /^(migrate runtimes|cp|migrate codemod|migrate shadow)/],
])(
  'every command that the plan for %s prints runs as printed, in its order',
  async (target, expected) => {
    const root = application();
    const { documents } = await run(root, ['plan', '--target', target, '--json']);
    const plan = Plan.parse(documents[0]);
    const stage = plan.stages.find(({ id }) => id === 'full-switch');
    const commands = [...new Set([...(stage?.steps ?? []).flatMap((step) => step.commands), ...plan.next])];
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      expect(command).toMatch(expected);
      const [program = '', ...args] = words(command);
      if (program === 'migrate') {
        const { code, notes, out } = await run(root, args);
        // 0 done or PASS, 1 a difference, 7 too little was compared: all say that it ran.
        expect([0, 1, 7], `${command}\n${notes}\n${out}`).toContain(code);
      } else {
        execFileSync(program, args, { cwd: root });
      }
    }
    if (target === 'workers')
      expect(readFileSync(join(root, '..', 'shop-before', 'app.js'), 'utf8')).toBe(EXPORTED);
  },
  240_000,
);

it('the command that the plan for Deno names for CommonJS resolves its blocker', async () => {
  const root = application();
  const planned = async () =>
    Plan.parse((await run(root, ['plan', '--target', 'deno', '--json'])).documents[0]);
  const [command = ''] = (await planned()).next;
  const [program = '', ...args] = words(command);
  execFileSync(program, args, { cwd: root });
  expect((await planned()).verdict.kind).toBe('move');
});
