import { join } from 'node:path';
import type { LayerReport } from '../../model/verdict.ts';
import { addModules, launchApp, provisionRuntime, type RunningApp, splitSide } from '../../runtimes/index.ts';
import { openProject } from '../../workspace/repository.ts';
import { endingOf } from './ending.ts';
import { isolatedCopy } from './isolate.ts';
import type { LiveSide } from './side.ts';

/** How a layer is started: as the application behind it, with places of its own. */
export interface LayerOptions {
  cwd: string;
  /** Where its copy goes, and its logs. */
  scratch: string;
  logs: string;
  readyTimeoutMs?: number;
  readyPollMs?: number;
  signal?: AbortSignal;
  redact?(text: string): string;
  progress?(text: string): void;
  notice?(text: string): void;
  /** Whether an end of it was asked for. */
  wasAsked(): boolean;
}

/** A side, and how all of it is stopped. */
interface Running {
  side: LiveSide;
  stop(): Promise<unknown>;
}

/**
 * Starts what `migrate codemod run extract-edge` wrote, in a fresh copy, in front of a running side: `ORIGIN_URL` says
 * where that is. Packages that its package.json asks for and nobody installed are fetched for the copy. Its first answer,
 * which tells that it is ready, is the application's to one more `GET /`.
 *
 * @param text `workers:./edge`
 * @returns the side as its clients see it: what it does beside answering, its memory and its processes are the application's
 * @throws MigrateError of the runtimes, and of a layer that does not come up; the application is stopped then
 */
export async function putInFront(behind: Running, text: string, options: LayerOptions): Promise<Running> {
  try {
    const { app, said } = await startLayer(behind.side, text, options);
    return {
      side: fronted(behind.side, text, app, endingOf(app, options.wasAsked, said)),
      stop: () => Promise.all([behind.stop(), app.stop()]),
    };
  } catch (error) {
    await behind.stop();
    throw error;
  }
}

async function startLayer(behind: LiveSide, text: string, options: LayerOptions) {
  const { cwd, scratch, logs, signal = new AbortController().signal, progress, notice, redact } = options;
  const { spec, dir } = await splitSide(text, cwd);
  progress?.(`${spec.raw}: getting the runtime`);
  const runtime = await provisionRuntime(spec, { signal, progress, notice });
  const copy = await isolatedCopy(dir, scratch, signal);
  const { packageJson } = await openProject(copy);
  await addModules(copy, packageJson.dependencies ?? {}, signal);
  progress?.(`${spec.raw}: starting ${text}`);
  const app = await launchApp(runtime, {
    ...{ dir: copy, original: dir, signal, redact },
    ...{ readyTimeoutMs: options.readyTimeoutMs, readyPollMs: options.readyPollMs },
    // What a recording says of scheme and host was said by a proxy, which stands in front of the layer here.
    env: { ORIGIN_URL: behind.origin, EDGE: 'on', BEHIND_PROXY: 'on' },
    ...{ runFolder: logs, buildFolder: join(scratch, 'build') },
  });
  return { app, said: (text: string) => text.replaceAll(copy, dir) };
}

function fronted(behind: LiveSide, text: string, app: RunningApp, ended: () => string | null): LiveSide {
  return {
    ...behind,
    origin: app.origin,
    own: { ...behind.own, address: `127.0.0.1:${app.port}`, behind: behind.own.address },
    crashed() {
      const layer = ended();
      return behind.crashed() ?? (layer === null ? null : `the layer in front of it: ${layer}`);
    },
    identity: { ...behind.identity, layer: reportOf(text, app.runtime) },
  };
}

const reportOf = (
  given: string,
  { spec, version, platform, compatibilityDate, compatibilityFlags }: RunningApp['runtime'],
): LayerReport => ({
  ...{ given, runtime: spec.name, version, platform },
  ...(compatibilityDate !== undefined && { compatibilityDate }),
  ...(compatibilityFlags !== undefined && { compatibilityFlags }),
});
