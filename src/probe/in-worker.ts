import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ProvisionedRuntime } from '../model/runtime.ts';
import { guardMark } from '../runtimes/index.ts';
import { signalGroup } from '../runtimes/launch/processes.ts';
import { type Asked, type Exports, type Host, NO_SERVICE, type Program } from './host.ts';
import type { Answer } from './inside/check.ts';
import type { Given } from './inside/process.ts';

/** A check asks by `inside/check.ts` how long it may take; workerd itself is given this much more. */
const GRACE_MS = 4_000;

/** One Worker, its date and flags, and a way out to this machine. Source: workerd.capnp in github.com/cloudflare/workerd. */
const config = ({
  compatibilityDate = '',
  compatibilityFlags = [],
}: ProvisionedRuntime): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "main.mjs", esModule = embed "main.mjs")],
      compatibilityDate = "${compatibilityDate}",
      compatibilityFlags = [${compatibilityFlags.map((flag) => JSON.stringify(flag)).join(', ')}],
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

interface Serving {
  origin: string;
  /** How it ended, once it has. */
  ended(): string | null;
  stop(): Promise<void>;
}

/** Asks workerd: a request a check, and a new process where one dies. */
export const workerHost = (
  runtime: ProvisionedRuntime,
  folder: string,
  origin: string,
  signal: AbortSignal,
): Host => ({
  async ask(program, checks, limitMs, { service, own } = NO_SERVICE): Promise<Asked> {
    const answers: Answer[] = [];
    let serving = await serve(runtime, program, folder, signal);
    try {
      for (const check of checks) {
        signal.throwIfAborted();
        const answer = await askOne(serving, {
          checks: [check],
          limitMs,
          scratch: '/tmp',
          origin,
          service,
          own,
        });
        if ('unloadable' in answer) return { unloadable: answer.unloadable, answers };
        answers.push(answer);
        if (answer.saw === 'no answer' || serving.ended() !== null) {
          await serving.stop();
          serving = await serve(runtime, program, folder, signal);
        }
      }
    } finally {
      await serving.stop();
    }
    return { unloadable: null, answers };
  },
  async tell(program): Promise<Exports> {
    const serving = await serve(runtime, program, folder, signal);
    try {
      return (await (await fetch(serving.origin)).json()) as Exports;
    } finally {
      await serving.stop();
    }
  },
});

async function askOne(serving: Serving, given: Given): Promise<Answer | { unloadable: string }> {
  const { checks, limitMs } = given;
  const check = checks[0] ?? '';
  let answer: Answer = { check, level: 'throws', saw: 'no answer' };
  for (const part of ['first', 'then']) {
    const query = new URLSearchParams({ given: JSON.stringify(given), part });
    try {
      const response = await fetch(`${serving.origin}/?${query}`, {
        signal: AbortSignal.timeout(limitMs + GRACE_MS),
      });
      const text = await response.text();
      if (!response.ok)
        return { check, level: 'throws', saw: text.split('\n')[0] || `status ${response.status}` };
      const found = JSON.parse(text) as { unloadable?: string; end?: Answer };
      if (found.unloadable !== undefined) return { unloadable: found.unloadable };
      if (found.end) answer = found.end;
      if (answer.level !== 'works') return answer;
    } catch {
      return { check, level: 'throws', saw: serving.ended() ?? 'no answer' };
    }
  }
  return answer;
}

async function serve(
  runtime: ProvisionedRuntime,
  program: Program,
  folder: string,
  signal: AbortSignal,
): Promise<Serving> {
  const own = await mkdtemp(join(folder, 'worker-'));
  await writeFile(join(own, 'main.mjs'), program.text);
  await writeFile(join(own, 'config.capnp'), config(runtime));
  const child = execa(runtime.binary, ['serve', 'config.capnp', '--control-fd=3', '--experimental'], {
    ...{ cwd: own, reject: false, detached: process.platform !== 'win32', extendEnv: false, buffer: false },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...(await guardMark()) },
  });
  let ended: string | null = null;
  const gone = child.then(({ exitCode, signal: by }) => {
    ended = by ? `the process was ended by ${by}` : `the process ended with ${exitCode}`;
  });
  const abort = () => void stop();
  const stop = async () => {
    signal.removeEventListener('abort', abort);
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    await gone;
    await rm(own, { recursive: true, force: true });
  };
  signal.addEventListener('abort', abort, { once: true });
  const port = await new Promise<number>((done, fail) => {
    let text = '';
    child.stdio[3]?.on('data', (part: Buffer) => {
      text += part;
      const found = /"port":\s*(\d+)/.exec(text)?.[1];
      if (found) done(Number(found));
    });
    void gone.then(() => fail(new Error(`workerd did not start: ${ended}`)));
  });
  return { origin: `http://127.0.0.1:${port}`, ended: () => ended, stop };
}
