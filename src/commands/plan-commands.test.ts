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
  git('config', 'user.name', 't');
  git('config', 'user.email', 't@example.com');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  return root;
}

/** Words of a printed command; none of ours has quotes. */
const words = (command: string): string[] => command.split(' ');

it('every command that the plan for Bun prints runs as printed, and does its steps until a person is asked', async () => {
  const root = application();
  const { documents } = await run(root, ['plan', '--target', 'bun', '--json']);
  const plan = Plan.parse(documents[0]);
  expect(plan.next).toEqual(['migrate apply full-switch']);
  for (const command of plan.next) {
    const [program, ...args] = words(command);
    expect(program).toBe('migrate');
    const { code, notes, out } = await run(root, [...args, '--yes']);
    expect(code, `${notes}\n${out}`).toBe(5);
    expect(notes).toMatch(/production starts[\s\S]*no terminal to ask on/);
  }
  expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain('"start":"bun app.js"');
  const log = execFileSync('git', ['log', '--format=%s'], { cwd: root, encoding: 'utf8' });
  expect(log.trim().split('\n')).toEqual(['Start it with the new runtime', 'before']);
}, 240_000);

it('the command that the plan for Deno names for CommonJS resolves its blocker', async () => {
  const root = application();
  const planned = async () =>
    Plan.parse((await run(root, ['plan', '--target', 'deno', '--json'])).documents[0]);
  const [command = ''] = (await planned()).next;
  const [program = '', ...args] = words(command);
  execFileSync(program, args, { cwd: root });
  expect((await planned()).verdict.kind).toBe('move');
});
