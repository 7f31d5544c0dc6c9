import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { MigrateError } from '../../model/errors.ts';
import type {
  AppExit,
  LaunchOptions,
  ProvisionedRuntime,
  RunningApp,
  Runtime,
  StartCommand,
} from '../contract.ts';
import { findRuntime } from '../registry.ts';
import { findEntry } from './entry.ts';
import { startGuard } from './guard.ts';
import { type CapturedLogs, captureLogs } from './logs.ts';
import { freePort, HOST } from './port.ts';
import { listeningPorts, processesOf, signalGroup, signalProcess } from './processes.ts';
import { answers } from './ready.ts';

const TAIL = 12;
/** Characters of one of these lines: a crash in a minified file quotes the whole line. */
const LONGEST = 300;
/** Stack frames inside Node itself: they push the message out of sight. */
const INSIDE_NODE = /^\s+at .*\(?node:/;
/** What an application that could not have its port says: Node and Bun, Deno. */
const PORT_TAKEN = /EADDRINUSE|address (is )?already in use/i;

/**
 * Starts an application on a free port of 127.0.0.1, in its own process group, and waits until it answers.
 * Its processes do not outlive us: they are stopped by `stop()`, by aborting the signal, or by the guard process when
 * we are killed.
 *
 * @throws MigrateError APP_CRASHED or APP_NOT_READY with the last log lines, ENTRY_NOT_RUNNABLE, NO_ENTRY (exit code 3)
 */
export async function launchApp(
  provisioned: ProvisionedRuntime,
  options: LaunchOptions,
): Promise<RunningApp> {
  const { signal } = options;
  const runtime = await findRuntime(provisioned.spec.name, provisioned.spec.raw);
  const entry = await findEntry(options.dir, runtime.name, options.entry);
  await mkdir(options.runFolder, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const port = await freePort();
    const command = await runtime.command(provisioned, { ...options, entry, host: HOST, port });
    const label = `${entry} on ${runtime.title} ${provisioned.version}`;
    const started = await start(command, options, label);
    const outcome = await waitUntilReady(started, port, options, label).catch(async (error) => {
      await started.stop(0);
      throw error;
    });
    if (outcome !== 'port-taken')
      return runningApp(started, port, command.runtime ?? provisioned, command, outcome, options, runtime);
    await started.stop(0);
    if (attempt === 5) {
      throw new MigrateError('NO_PORT', `${label} found its port taken ${attempt} times in a row.`, {
        hint: 'Another program keeps taking free ports on 127.0.0.1; stop it and try again.',
      });
    }
  }
}

interface Started {
  pid: number;
  at: number;
  logs: CapturedLogs;
  exited: Promise<AppExit>;
  exit(): AppExit | null;
  stop(graceMs: number): Promise<AppExit>;
}

async function start(command: StartCommand, options: LaunchOptions, label: string): Promise<Started> {
  const guard = await startGuard();
  const at = performance.now();
  const child = execa(command.program, command.args, {
    cwd: command.cwd,
    env: command.env,
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const { pid } = child;
  if (pid === undefined) {
    const failed = await child;
    throw new MigrateError('APP_CRASHED', `${label} could not be started: ${failed.shortMessage}.`);
  }
  guard.watch(pid);
  const logs = captureLogs(options.runFolder, child.stdout, child.stderr);
  let exit: AppExit | null = null;
  const gone = new Promise<AppExit>((resolve) => {
    child.once('exit', (code, name) => {
      exit = { code, signal: name };
      resolve(exit);
    });
  });
  // What the leader leaves behind (workerd of a killed host) goes with it.
  const exited = gone.then(async (how) => {
    signalGroup(pid, 'SIGKILL');
    guard.forget(pid);
    await Promise.race([logs.flushed(), sleep(500)]);
    return how;
  });
  let stopping: Promise<AppExit> | undefined;
  const stop = (graceMs: number) => {
    stopping ??= stopProcesses(pid, exited, graceMs);
    return stopping;
  };
  return { pid, at, logs, exited, exit: () => exit, stop };
}

/** The milliseconds it took, or `port-taken` when another program got the port first. */
async function waitUntilReady(
  started: Started,
  port: number,
  options: LaunchOptions,
  label: string,
): Promise<number | 'port-taken'> {
  const timeoutMs = options.readyTimeoutMs ?? 20_000;
  const url = `http://${HOST}:${port}${options.readyPath ?? '/'}`;
  const over = () => started.exit() !== null;
  const answered = await answers({ url, timeoutMs, signal: options.signal, over });
  options.signal?.throwIfAborted();
  const bootMs = performance.now() - started.at;
  const last = () => {
    const lines = started.logs
      .tail(4 * TAIL)
      .filter((line) => !INSIDE_NODE.test(line))
      .slice(-TAIL)
      .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line));
    return lines.length > 0 ? `Its last output:\n  ${lines.join('\n  ')}` : 'It printed nothing.';
  };
  if (over()) {
    const { code, signal } = await started.exited;
    const taken = started.logs.tail(40).filter((line) => PORT_TAKEN.test(line));
    if (taken.some((line) => line.includes(String(port)))) return 'port-taken';
    const other = /:(\d{1,5})\b/.exec(taken[0] ?? '')?.[1];
    if (other) {
      const sentence = `${label} listens on port ${other}, which another program has taken, and not on ${port}, the one in PORT.`;
      throw new MigrateError('PORT_TAKEN', sentence, { hint: last() });
    }
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    throw new MigrateError('APP_CRASHED', `${label} ${how} before it answered a request.`, { hint: last() });
  }
  const ports = await listeningPorts((await processesOf(started.pid)).map(({ pid }) => pid));
  if (answered) return ports && !ports.includes(port) ? 'port-taken' : bootMs;
  const elsewhere = ports?.filter((one) => one !== port) ?? [];
  const seen =
    elsewhere.length > 0
      ? `it listens on port ${elsewhere.join(', ')} instead of ${port}, the one in PORT`
      : ports?.includes(port)
        ? `it listens on port ${port} but does not answer GET ${options.readyPath ?? '/'}`
        : `it does not listen on port ${port}, the one in PORT`;
  throw new MigrateError('APP_NOT_READY', `${label} answered nothing within ${timeoutMs} ms: ${seen}.`, {
    hint: last(),
  });
}

function runningApp(
  started: Started,
  port: number,
  runtime: ProvisionedRuntime,
  command: StartCommand,
  bootMs: number,
  { signal, graceMs = 5_000, runFolder }: LaunchOptions,
  contract: Runtime,
): RunningApp {
  const onAbort = () => void started.stop(graceMs);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  void started.exited.then(() => signal?.removeEventListener('abort', onAbort));
  const { stdout, stderr, tail } = started.logs;
  return {
    origin: `http://${HOST}:${port}`,
    ...{ port, pid: started.pid, runtime, bootMs, notes: command.notes },
    logs: { stdout, stderr, tail },
    exited: started.exited,
    stop: () => started.stop(graceMs),
    stored: async () => (contract.stored ? contract.stored(runFolder) : null),
    memory: async () => {
      const rows = await processesOf(started.pid);
      return rows.length > 0 ? rows.reduce((sum, { rss }) => sum + rss, 0) : null;
    },
  };
}

/** SIGTERM to the application, the grace period, then SIGKILL to everything it started. */
async function stopProcesses(pid: number, exited: Promise<AppExit>, graceMs: number): Promise<AppExit> {
  const family = (await processesOf(pid)).map((one) => one.pid);
  if (graceMs > 0) {
    signalProcess(pid, 'SIGTERM');
    await Promise.race([exited, sleep(graceMs, undefined, { ref: false })]);
  }
  signalGroup(pid, 'SIGKILL');
  for (const member of family) if (member !== pid) signalProcess(member, 'SIGKILL');
  const how = await exited;
  for (let waited = 0; waited < 2_000 && (await processesOf(pid)).length > 0; waited += 20) await sleep(20);
  return how;
}
