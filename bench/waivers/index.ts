import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { RunReport } from '../../src/model/verdict.ts';
import { convert, copyOf, install } from '../application.ts';
import { plantRegression, REGRESSIONS } from './regressions.ts';

/**
 * The whole way by the waivers that `--parity idiomatic` prepares: both fixtures converted, compared with the original on
 * every runtime, which must PASS; then each regression planted into the converted code for itself, which must FAIL and be
 * found. `--only express-notes`, `--on node@22,bun`.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, on: { type: 'string' } } });
const runtimes = (values.on ?? 'node@22,bun,deno').split(',');

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
let wrong = 0;
const say = (ok: boolean, text: string) => {
  if (!ok) wrong++;
  process.stdout.write(`${ok ? 'ok   ' : 'WRONG'}  ${text}\n`);
};

for (const [name, regressions] of Object.entries(REGRESSIONS)) {
  if (values.only !== undefined && values.only !== name) continue;
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-waivers-'));
  try {
    const [original, converted] = [join(scratch, 'original'), join(scratch, 'converted')];
    for (const folder of [original, converted]) copyOf(root, name, folder);
    await convert(root, converted, 'express-to-hono', ['--parity', 'idiomatic']);
    for (const folder of [original, converted]) await install(folder);
    for (const runtime of runtimes) {
      const report = await compare(scratch, original, converted, runtime);
      const { planted, seen } = report.detection;
      const waived = report.reasons.find((reason) => /waived/.test(reason)) ?? 'nothing waived';
      say(
        report.verdict === 'PASS' && seen === planted,
        `${name} on ${runtime}: ${report.verdict}, ${report.counts.compared} exchanges, ${seen} of ${planted} planted faults seen. ${waived}`,
      );
      for (const regression of regressions) {
        const takeOut = await plantRegression(converted, regression);
        const { verdict, cells } = await compare(scratch, original, converted, runtime);
        await takeOut();
        const found = cells
          .filter(({ explained }) => !explained)
          .some(({ route, kind, location }) => regression.seen.test(`${route} ${kind} ${location}`));
        say(
          verdict === 'FAIL' && found,
          `${name} on ${runtime}, ${regression.what}: ${verdict}${found ? ', found' : ''}`,
        );
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
process.exitCode = wrong === 0 ? 0 : 1;

async function compare(
  scratch: string,
  original: string,
  converted: string,
  runtime: string,
): Promise<RunReport> {
  const out = join(scratch, 'run');
  rmSync(out, { recursive: true, force: true });
  const sides = ['--old', `node@22:${original}`, '--new', `${runtime}:${converted}`];
  const traffic = ['--traffic', join(original, 'traffic.har'), '--writes', 'isolated'];
  const args = ['shadow', 'run', ...sides, ...traffic, '--no-attribute', '--out', out];
  const cli = join(root, 'dist', 'src', 'cli.js');
  const { stderr } = await execa(process.execPath, [cli, ...args], { cwd: original, reject: false });
  const file = join(out, 'report.json');
  if (!existsSync(file)) throw new Error(`no report: ${stderr}`);
  return RunReport.parse(JSON.parse(readFileSync(file, 'utf8')));
}
