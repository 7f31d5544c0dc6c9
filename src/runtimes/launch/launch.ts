import { mkdir } from 'node:fs/promises';
import { normalize } from 'node:path';
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
import { writeListenHook } from '../listen/hook.ts';
import { findRuntime } from '../registry.ts';
import { findEntry } from './entry.ts';
import { environmentFrom } from './env-files.ts';
import { startGuard } from './guard.ts';
import { type CapturedLogs, captureLogs } from './logs.ts';
import { freePort, HOST } from './port.ts';
import { memoryOf, processesOf, signalGroup, signalProcess } from './processes.ts';
import { readStartScript } from './start-script.ts';
import { type Ready, waitUntilReady } from './wait.ts';

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
  const own = await readStartScript(options.dir);
  // A script that starts another file says nothing of this one.
  const script = own && normalize(own.entry) === normalize(entry) ? own : null;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const port = await freePort();
    const hook = await writeListenHook(options.runFolder, port, options.egress !== undefined);
    const args = options.args ?? [...(script?.args ?? [])];
    const request = { ...options, args, entry, host: HOST, port, script, listenHook: hook.file };
    const command = await runtime.command(provisioned, request);
    const label = `${entry} on ${runtime.title} ${provisioned.version}`;
    const started = await start(command, options, label);
    const outcome = await waitUntilReady(
      { ...started, listeners: hook.listeners },
      port,
      options,
      label,
    ).catch(async (error) => {
      await started.stop(0);
      throw error;
    });
    if (outcome !== 'port-taken')
      return runningApp(started, command.runtime ?? provisioned, command, outcome, options, runtime);
    await started.stop(0);
    if (attempt === 5) {
      throw new MigrateError('NO_PORT', `${label} found its port taken ${attempt} times in a row.`, {
        hint: 'Another program keeps taking free ports on 127.0.0.1; stop it and try again.',
      });
    }
  }
}

export interface Started {
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
    env: { ...command.env, ...guard.mark },
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
  const logs = captureLogs(options.runFolder, child.stdout, child.stderr, { redact: options.redact });
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

function runningApp(
  started: Started,
  runtime: ProvisionedRuntime,
  command: StartCommand,
  { port, bootMs, notes }: Ready,
  { dir, signal, graceMs = 5_000, runFolder }: LaunchOptions,
  contract: Runtime,
): RunningApp {
  const onAbort = () => void started.stop(graceMs);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  void started.exited.then(() => signal?.removeEventListener('abort', onAbort));
  const { stdout, stderr, tail } = started.logs;
  return {
    origin: `http://${HOST}:${port}`,
    ...{ port, pid: started.pid, runtime, bootMs, notes: [...command.notes, ...notes] },
    environment: environmentFrom(command.envFiles ?? [], dir, command.env),
    logs: { stdout, stderr, tail },
    exited: started.exited,
    stop: () => started.stop(graceMs),
    stored: async () => (contract.stored ? contract.stored(runFolder) : null),
    memory: () => memoryOf(started.pid),
    processes: async () => (await processesOf(started.pid)).map(({ pid }) => pid),
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
