import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RunReport } from '../../src/model/verdict.ts';
import { measure } from '../plan/measure.ts';
import { machine, writeSection } from '../section.ts';
import { APPLICATION } from './application.ts';
import { plainLoad } from './load.ts';
import { writeRecording } from './record.ts';

/** The promise: bytes that the command may take, and the part of a plain load generator's requests it must reach. */
const LIMITS = { peakRss: 400_000_000, share: 0.5 };
const EXCHANGES = Number(process.env.MIGRATE_EXCHANGES ?? 100_000);
const PLAIN = Math.min(EXCHANGES, 30_000);

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cli = join(root, 'dist', 'src', 'cli.js');
const runtimes: typeof import('../../src/runtimes/index.ts') = await import(
  pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href
);

const folder = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
const say = (text: string) => process.stdout.write(`${text}\n`);
try {
  const app = join(folder, 'app');
  mkdirSync(app);
  writeFileSync(
    join(app, 'package.json'),
    '{"name":"orders","main":"server.js","dependencies":{"express5":"*"}}',
  );
  writeFileSync(join(app, 'server.js'), APPLICATION);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const recording = join(folder, '.migrate', 'recordings', 'orders');
  mkdirSync(recording, { recursive: true });
  const bytes = await writeRecording(recording, EXCHANGES);
  say(`recorded ${EXCHANGES} exchanges, ${Math.round(bytes / 1e6)} MB of bodies`);

  const provisioned = await runtimes.provisionRuntime(await runtimes.parseSpec('node'));
  const running = await runtimes.launchApp(provisioned, { dir: app, runFolder: join(folder, 'plain') });
  await plainLoad(running.origin, Math.min(2_000, PLAIN));
  const plain = await plainLoad(running.origin, PLAIN);
  await running.stop();
  say(`plain load generator: ${Math.round(plain)} requests a second`);

  const sides = ['--old', `node:${app}`, '--new', `node:${app}`, '--traffic', recording];
  const { peakRss, exitCode, wallMs } = await measure(
    cli,
    ['shadow', 'run', ...sides, '--writes', 'isolated', '--out', join(folder, 'out')],
    folder,
  );
  const report: RunReport = JSON.parse(readFileSync(join(folder, 'out', 'report.json'), 'utf8'));
  const { verdict, durationMs, counts } = report;
  const rate = counts.compared / (durationMs / 1000);
  const share = (rate * 3) / plain;
  say(
    `${verdict}: ${counts.compared} compared in ${(durationMs / 1000).toFixed(0)} s (${(wallMs / 1000).toFixed(0)} s in all), ` +
      `${Math.round(rate)} exchanges a second = ${Math.round(rate * 3)} requests a second, ` +
      `${Math.round(share * 100)}% of the plain generator's, ${Math.round(peakRss / 1e6)} MB`,
  );
  if (exitCode !== 0) throw new Error(`The run exited with ${exitCode}: ${report.reasons.join(' ')}`);
  const broken = peakRss > LIMITS.peakRss || share < LIMITS.share;
  if (EXCHANGES === 100_000) {
    const number = (value: number) => Math.round(value).toLocaleString('en-US');
    writeSection(root, 'shadow', [
      '## `migrate shadow run`',
      '',
      'A recording of an Express application (JSON and pages of about 10 kB, every body another one, one write in ten,',
      'a generated id in one of five), replayed on three instances and compared: old, old again, new. One exchange at a time, as the order of a recording',
      'asks for; every exchange is three requests, made at once where no times are taken. Beside it a plain load generator (undici, one request at a time,',
      'answers thrown away) on one instance of the same application. Limits: 400 MB, half of the plain requests.',
      `${machine()}. Repeat with \`npm run bench:shadow\`.`,
      '',
      '| exchanges | bodies | verdict | exchanges/s | requests/s | plain generator | share | peak memory |',
      '| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |',
      `| ${number(counts.compared)} | ${number(bytes / 1e6)} MB | ${verdict} | ${number(rate)} | ${number(rate * 3)} | ${number(plain)}/s | ${Math.round(share * 100)}% | ${number(peakRss / 1e6)} MB |`,
    ]);
  }
  say(broken ? 'over the limits' : 'within the limits');
  process.exitCode = broken ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
