import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import type { WorkerFiles } from '../state/worker-files.ts';

/** Follows the imports from where an application is made, and from where something is registered on it. */
export function workerFiles({ routers, registrations }: ExpressProgram, modules: Modules): WorkerFiles {
  const app = routers.find(({ kind }) => kind === 'app');
  const own = loadedFrom(app === undefined ? [] : [app.file.path], modules);
  const others = [...new Set(registrations.map(({ file }) => file.path))].filter((path) => !own.has(path));
  const beside = others.filter(
    (path) => !others.some((other) => other !== path && loadedFrom([other], modules).has(path)),
  );
  return { beside, loaded: loadedFrom([...own, ...others], modules) };
}

function loadedFrom(paths: readonly string[], modules: Modules): Set<string> {
  const loaded = new Set(paths);
  for (const path of loaded) for (const next of modules.importsOf(path)) loaded.add(next);
  return loaded;
}
