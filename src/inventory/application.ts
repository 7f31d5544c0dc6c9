import type { Modules } from '../workspace/syntax/modules.ts';
import { type Application, analyzeApplication, FOLLOWED_WHOLE } from './program.ts';
import { isTestFile } from './reach.ts';

const known = new WeakMap<Modules, Application>();

/**
 * The application's program with the flow of its values, analysed once however many ask. In a repository of ordinary
 * size every file without tests is in the flow, whether or not it has to do with Express.
 */
export function applicationOf(modules: Modules): Application {
  let application = known.get(modules);
  if (application === undefined) {
    application = analyzeApplication(modules);
    const own = modules.paths.filter((path) => !isTestFile(path));
    if (own.length <= FOLLOWED_WHOLE) {
      const { flow } = application;
      const missing = () => [
        ...own.filter((path) => !flow.files.has(path) && !failed.has(path)),
        ...flow.leftOut,
      ];
      const failed = new Set<string>();
      for (let wanted = missing(); wanted.length > 0; wanted = missing()) {
        for (const path of wanted) {
          flow.include(path);
          if (!flow.files.has(path)) failed.add(path);
        }
        flow.settle();
      }
    }
    known.set(modules, application);
  }
  return application;
}
