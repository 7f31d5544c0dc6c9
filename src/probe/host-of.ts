import type { ProvisionedRuntime } from '../model/runtime.ts';
import { findRuntime } from '../runtimes/index.ts';
import type { Host } from './host.ts';
import { processHost } from './in-process.ts';
import { workerHost } from './in-worker.ts';

/** How a runtime is asked: by processes where it runs programs, else by workerd. */
export async function hostOf(
  runtime: ProvisionedRuntime,
  folder: string,
  origin: string,
  signal: AbortSignal,
): Promise<Host> {
  const { plainArgs } = await findRuntime(runtime.spec.name);
  return plainArgs
    ? processHost([runtime.binary, ...plainArgs], folder, origin, signal)
    : workerHost(runtime, folder, origin, signal);
}
