import type { ExpressProgram, HandlerArgument, RouterValue } from '../../src/workspace/express/program.ts';
import { functionsIn, routersIn } from '../../src/workspace/express/registrations.ts';
import type { ParsedFile } from '../../src/workspace/syntax/parse.ts';

/** Applications that share Express values, and the files those are in: they convert together or not at all. */
export interface Component {
  apps: RouterValue[];
  /** Paths of the files. */
  files: ReadonlySet<string>;
}

/** Files in which an argument, the call that makes it, or an item of its list stands. */
const filesOf = (argument: HandlerArgument): ParsedFile[] => {
  const made = argument.kind === 'factory' || argument.kind === 'package' ? argument.call : null;
  const items = argument.kind === 'array' ? argument.items.flatMap(filesOf) : [];
  return [argument.file, ...(made === null ? [] : [made.file]), ...items];
};

/** The independent applications of a repository, in the order of their files. */
export function componentsOf(program: ExpressProgram): Component[] {
  const parent = new Map<string, string>();
  const find = (path: string): string => {
    const up = parent.get(path) ?? path;
    return up === path ? path : find(up);
  };
  const join = (files: Iterable<ParsedFile>) => {
    const [first, ...rest] = [...files].map(({ path }) => path);
    if (first === undefined) return;
    for (const path of [first, ...rest]) parent.set(find(path), find(first));
  };
  for (const { file } of program.imports) join([file]);
  for (const { file, references } of program.routers) join([file, ...references.map((each) => each.file)]);
  for (const { file, on, handlers } of program.registrations) {
    const functions = handlers.flatMap(functionsIn);
    join([file, on.file, ...[...functions, ...handlers.flatMap(routersIn)].map((each) => each.file)]);
    join([file, ...handlers.flatMap(filesOf)]);
  }
  for (const { file, uses } of program.functions) {
    join([
      file,
      ...uses.flatMap((use) => (use.kind === 'registered' ? [use.registration.file] : [use.file])),
    ]);
  }
  for (const { file, on } of program.appCalls) join([file, on.file]);
  const groups = new Map<string, { apps: RouterValue[]; files: Set<string> }>();
  for (const path of parent.keys()) {
    const group = groups.get(find(path)) ?? { apps: [], files: new Set() };
    groups.set(find(path), group);
    group.files.add(path);
  }
  for (const router of program.routers) {
    if (router.kind === 'app') groups.get(find(router.file.path))?.apps.push(router);
  }
  return [...groups.values()].filter(({ apps }) => apps.length > 0);
}
