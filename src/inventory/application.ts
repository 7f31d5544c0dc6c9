import type { Modules } from '../workspace/syntax/modules.ts';
import { type Application, analyzeApplication, FOLLOWED_WHOLE } from './program.ts';
import type { Roles } from './reach/roles.ts';

const known = new WeakMap<Modules, Application>();
/** Characters of a file beyond which it is no source that anybody writes: a bundle for browsers, generated data. */
const LONGEST = 300_000;

/** The application's Express program with the flow of its values, analysed once however many ask. */
export function applicationOf(modules: Modules, roles: Roles): Application {
  let application = known.get(modules);
  if (application === undefined) {
    application = analyzeApplication(modules, roles);
    known.set(modules, application);
  }
  return application;
}

/** Takes files into the flow as far as they are the application's; in a repository of more than ordinary size, none. */
export function follow({ modules, flow }: Application, files: Iterable<string>, roles: Roles): void {
  const wanted = [...files].filter(
    (path) => !flow.files.has(path) && roles.isOwn(path) && (modules.text(path)?.length ?? LONGEST) < LONGEST,
  );
  if (wanted.length === 0 || wanted.length > FOLLOWED_WHOLE) return;
  for (const path of wanted) flow.include(path);
  flow.settle();
}
