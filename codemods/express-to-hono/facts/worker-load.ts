import type { LeftForYou } from '../../../src/model/changeset.ts';
import { afterLoad } from '../../../src/workspace/express/loading.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { workerLoadCalls, workerLoadTable } from '../../../src/workspace/worker-load.ts';

/** Characters of a file beyond which it is no source that anybody writes. */
const LONGEST = 300_000;

/**
 * What is registered only after the modules of a Worker are loaded: requests come at once there, and find nothing yet.
 *
 * @param flow of the program's values
 */
export function latePlaces({ registrations }: ExpressProgram, flow: Flow): LeftForYou[] {
  return registrations.flatMap(({ file, call, location }) => {
    const reason = afterLoad(flow, file, call);
    if (reason === null) return [];
    return {
      ...location,
      codemod: 'express-to-hono',
      rule: 'workers/late',
      reason: `requests come to a Worker as soon as it is loaded, and this is registered later: ${reason}`,
      advice: 'Register it as the module loads, and wait for the rest in the handlers.',
    };
  });
}

/**
 * Places that keep the Worker from starting, or fail there, because they run while its modules load: timers, random
 * values, requests, files. Looked for in the files behind each application's own that name such a call, and in those
 * that import them: a call is followed from where it may be reached.
 *
 * @param modules the application's sources, without tests
 * @param flow of their values
 */
export function loadPlaces(modules: Modules, { routers }: ExpressProgram, flow: Flow): LeftForYou[] {
  const apps = routers.filter(({ kind }) => kind === 'app').map(({ file }) => file.path);
  const loaded = new Set(apps);
  for (const path of loaded) for (const next of modules.importsOf(path)) loaded.add(next);
  const { refused, disk } = workerLoadTable();
  const calls = [...refused, ...disk].map((name) => name.split(/[./]/));
  const reaching = new Set<string>();
  for (const path of loaded) {
    const text = modules.text(path) ?? '';
    if (text.length < LONGEST && calls.some((words) => words.every((word) => text.includes(word))))
      reaching.add(path);
  }
  for (const path of reaching)
    for (const next of modules.importersOf(path)) if (loaded.has(next)) reaching.add(next);
  for (const path of reaching) if (!flow.files.has(path)) flow.include(path);
  flow.settle();
  return workerLoadCalls(flow, (path) => loaded.has(path)).map(({ kind, name, file, node }) => ({
    ...file.locate(node.start),
    codemod: 'express-to-hono',
    rule: 'workers/load',
    ...(kind === 'refused'
      ? {
          reason: `\`${name}\` runs while the Worker loads, and workerd does not start a Worker that does`,
          advice: 'Do it in a handler, or when the first request comes.',
        }
      : {
          reason: `\`${name}\` runs while the Worker loads, and there is no disk of the application there`,
          advice: 'Bundle what it reads: import the JSON or text file.',
        }),
  }));
}
