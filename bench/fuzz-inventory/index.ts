import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Trial, trial } from './trial.ts';

/**
 * `npm run fuzz:inventory`: inventories of repositories whose manifests, lockfiles, images, workflows and sources were
 * changed by chance. Exit code 1 when one crashes, takes over 30 seconds, writes a file, or reads outside.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    repositories: { type: 'string', default: '2000' },
    child: { type: 'boolean', default: false },
  },
});
const LONGEST_MS = 30_000;
const first = Number(values.seed);
const last = first + Number(values.repositories) - 1;

if (values.child) {
  for (let seed = first; seed <= last; seed++) process.stdout.write(`${JSON.stringify(await trial(seed))}\n`);
} else {
  const trials: Trial[] = [];
  const hung: number[] = [];
  // A process that hangs cannot tell so itself: it is ended, and another one goes on behind the seed it was at.
  for (let next = first; next <= last; ) {
    const done = await inChild(next, last);
    trials.push(...done);
    next += done.length;
    if (next > last) break;
    // A process that waits for a busy machine looks the same: the seed is asked once more, alone.
    const again = await inChild(next, next);
    trials.push(...again);
    if (again.length === 0) hung.push(next);
    next += 1;
  }
  const wrong = trials.filter((each) => each.wrong.length > 0);
  const failed = new Map<string, number[]>();
  for (const { seed, failed: lines } of trials)
    for (const line of lines) failed.set(line, [...(failed.get(line) ?? []), seed]);
  for (const { seed, wrong: lines } of wrong) console.log(`seed ${seed}: ${lines.join('; ')}`);
  for (const seed of hung)
    console.log(`seed ${seed}: twice no answer in ${LONGEST_MS / 1000} s, or the process died`);
  for (const [line, seeds] of failed) console.log(`not checked ×${seeds.length} (seed ${seeds[0]}): ${line}`);
  const count = (ended: Trial['ended']) => trials.filter((each) => each.ended === ended).length;
  console.log(
    `${trials.length} repositories: ${count('inventory')} inventories, ${count('refused')} refused as documented, ${count('crashed')} crashed, ${hung.length} hung, ${wrong.length} wrong; ${failed.size} kinds of "not checked" by a reader that threw; the slowest took ${Math.round(Math.max(0, ...trials.map(({ ms }) => ms)))} ms`,
  );
  process.exitCode = wrong.length + hung.length > 0 ? 1 : 0;
}

function inChild(from: number, to: number): Promise<Trial[]> {
  return new Promise((resolve) => {
    const args = ['--child', '--seed', String(from), '--repositories', String(to - from + 1)];
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const done: Trial[] = [];
    let timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      done.push(JSON.parse(line));
      clearTimeout(timer);
      timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    });
    child.on('close', () => {
      clearTimeout(timer);
      resolve(done);
    });
  });
}
