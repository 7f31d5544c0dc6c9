import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Plan } from '../model/plan.ts';
import { ScriptComparison } from '../model/scripts.ts';
import { parseSpec, provisionRuntime } from '../runtimes/index.ts';
import { recordingIo } from '../testing/io.ts';
import { project } from '../testing/project.ts';
import { main } from './main.ts';

const onBun = 'process.versions.bun';

/** A package whose scripts do the same on both runtimes, but for what each is named after. */
const FILES = {
  'package.json': JSON.stringify(
    {
      name: 'planted',
      type: 'commonjs',
      main: 'server.js',
      scripts: {
        start: 'node server.js',
        serve: 'node other.js',
        watch: 'node --watch report.js',
        deploy: 'echo deployed > /dev/null',
        report: 'node report.js',
        exit: 'node exit.js',
        print: 'node print.js',
        write: 'node write.js',
        tool: 'tool',
        test: 'ava',
      },
    },
    null,
    2,
  ),
  'server.js': "require('node:http').createServer().listen(process.env.PORT);",
  'other.js': "require('node:http').createServer().listen(process.env.PORT);",
  'report.js':
    "console.log(process.cwd(), process.pid, 'took', process.uptime().toFixed(2) + 's', new Date().toISOString()); require('node:fs').writeFileSync('report.txt', 'done at ' + new Date().toISOString());",
  'exit.js': `process.exit(${onBun} ? 4 : 0);`,
  'print.js': `console.log('first'); console.log(${onBun} ? 'on Bun' : 'on Node');`,
  'write.js': `const fs = require('node:fs'); fs.writeFileSync('a.txt', ${onBun} ? 'x' : 'y'); fs.rmSync('gone.txt'); if (${onBun}) fs.writeFileSync('b.txt', '');`,
  'gone.txt': 'here',
  'node_modules/tool/tool.js': '#!/usr/bin/env node\nconsole.log("tool");\n',
  'node_modules/ava/ava.js': `#!/usr/bin/env node\nconsole.log('TAP version 13'); console.log('ok 1 - adds'); if (!${onBun}) console.log('ok 2 - subtracts');\nconsole.log(${onBun} ? '1..1' : '1..2');\n`,
  'node_modules/.bin/.keep': '',
};

function planted(): string {
  const root = project(FILES);
  for (const name of ['tool', 'ava']) {
    chmodSync(join(root, `node_modules/${name}/${name}.js`), 0o755);
    symlinkSync(`../${name}/${name}.js`, join(root, 'node_modules/.bin', name));
  }
  return root;
}

async function migrate(root: string, ...args: string[]) {
  const { io, printed } = recordingIo(root);
  const code = await main(args, io);
  return { code, text: printed.said.join('\n'), documents: printed.documents };
}

const scratches = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`migrate-scripts-${process.pid}-`));

describe.skipIf(process.platform === 'win32')('migrate scripts compare', () => {
  beforeEach(async ({ skip }) => {
    for (const spec of ['node@22', 'bun@1.4'])
      await provisionRuntime(await parseSpec(spec)).catch((error) => skip(`no ${spec}: ${error.message}`));
  });

  it('finds another exit code, output, file, runtime and a missing test, and nothing where there is nothing', async () => {
    const root = planted();
    const before = readdirSync(root);
    const { code, text, documents } = await migrate(root, 'scripts', 'compare', '--json');
    expect(code).toBe(1);
    const found = ScriptComparison.parse(documents[0]);
    const of = (name: string) => {
      const one = found.scripts.find((script) => script.name === name);
      return one?.reason ?? one?.differences.map(({ kind, sentence }) => `${kind}: ${sentence}`) ?? name;
    };
    expect(of('report')).toEqual([]);
    expect(of('exit')).toEqual(['exit: exit code 0 today, 4 on Bun']);
    expect(of('print')).toEqual(['output: stdout: “on Node” today, “on Bun” on Bun']);
    expect(of('write')).toEqual([
      'files: a.txt holds something else when Bun has written it',
      'files: b.txt is written on Bun and not today',
    ]);
    // A script of the program's own name: `bun --bun run tool` would start the script again.
    expect(of('tool')).toEqual(['runtime: `bun run` started Node, which ran node_modules/.bin/tool']);
    expect(of('test')).toEqual(['tests: the test “subtracts” that ran on Node did not run on Bun']);
    expect(of('start')).toMatch(/^it starts the application/);
    expect(of('serve')).toMatch(/^it starts .*does not end by itself/);
    expect(of('watch')).toMatch(/^it watches files/);
    expect(of('deploy')).toMatch(/^it may change what is outside the copy/);

    const report = found.scripts.find(({ name }) => name === 'report');
    expect(report).toMatchObject({ command: 'node report.js', becomes: 'bun report.js', outcome: 'same' });
    expect(report?.today?.written.map(({ path }) => path)).toEqual(['report.txt']);
    const ran = (side: 'today' | 'bun') =>
      report?.[side]?.ran.filter(({ starter }) => !starter).map(({ runtime, file }) => `${runtime} ${file}`);
    expect(ran('today')).toEqual(['node report.js']);
    expect(ran('bun')).toEqual(['bun report.js']);
    expect(found.runtimes.bun.version).toMatch(/^1\.4\./);
    expect(text).toMatch(/exit +✘ +bun/);

    // The user's tree has the evidence more, and nothing else.
    expect(readdirSync(root).filter((name) => !before.includes(name))).toEqual(['.migrate']);
    expect(existsSync(join(root, 'report.txt'))).toBe(false);
    const kept = join(root, '.migrate/evidence/scripts', `${found.id}.json`);
    expect(ScriptComparison.parse(JSON.parse(readFileSync(kept, 'utf8')))).toEqual(found);
    expect(scratches()).toEqual([]);

    // What was found counts in place of what reading says, until a file is another one.
    const planned = async () => {
      const plan = await migrate(root, 'plan', '--target', 'bun', '--json');
      const { stages, notChecked } = Plan.parse(plan.documents[0]);
      const items = stages.find(({ id }) => id === 'scripts-to-bun')?.items ?? [];
      const item = (name: string) => items.find((one) => one.name === name);
      return { item, notChecked: notChecked.map(({ what }) => what) };
    };
    const first = await planned();
    expect(first.item('report')).toMatchObject({ moves: true, becomes: 'bun report.js' });
    expect(first.item('report')?.reasons).toEqual([expect.objectContaining({ known: 'probed' })]);
    expect(first.item('exit')).toMatchObject({
      moves: false,
      reasons: [{ known: 'probed', sentence: 'compared on Bun: exit code 0 today, 4 on Bun' }],
    });

    const run = await migrate(root, 'codemod', 'run', 'scripts-to-bun', '--write', '--allow-dirty');
    expect(run.code, run.text).toBe(0);
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts).toEqual({
      ...JSON.parse(FILES['package.json']).scripts,
      report: 'bun report.js',
    });
    writeFileSync(join(root, 'report.js'), '');
    const second = await planned();
    expect(second.item('exit')?.reasons[0]?.known).not.toBe('probed');
    expect(second.notChecked).toContain('what the script exit does on Bun');
  }, 180_000);

  it('takes no evidence from a script that does not end, fails today or runs no test', async () => {
    const root = project({
      'package.json': JSON.stringify({
        name: 'proves-nothing',
        scripts: { wait: 'node wait.js', broken: 'node -e "process.exit(3)"', test: 'tap' },
      }),
      'wait.js': 'setInterval(() => {}, 1000);',
      'node_modules/.bin/tap': '#!/usr/bin/env node\nconsole.log("TAP version 13\\n1..0");\n',
    });
    chmodSync(join(root, 'node_modules/.bin/tap'), 0o755);
    const { code, text } = await migrate(root, 'scripts', 'compare', '--timeout', '5');
    expect(code).toBe(7);
    expect(text).toContain('it did not end within 5 s today');
    expect(text).toContain('it fails today, with exit code 3');
    expect(text).toContain('it ran 0 tests today, and that proves nothing');
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  }, 120_000);

  it('names the scripts there are when one is not', async () => {
    const { code, text } = await migrate(planted(), 'scripts', 'compare', 'biuld');
    expect(code).toBe(2);
    expect(text).toContain('package.json has no script "biuld".');
  });
});
