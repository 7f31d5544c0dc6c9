import type { Location } from '../../../src/model/location.ts';
import { words } from '../../../src/workspace/command-line.ts';

/** A place outside package.json that runs one of its scripts. */
export interface Caller extends Location {
  script: string;
  /** What stands there, in words: `the image`, `the CI of GitLab`. */
  who: string;
}

/** Places that run scripts where nothing says that there is a Bun. Hooks of git run where people work, and are none. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.[dD]ockerfile$/, 'the image'],
  [/(?:^|\/)(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$/, 'a container'],
  [/(?:^|\/)Procfile(?:\.\w+)?$/, 'a process of production'],
  [/(?:^|\/)(?:ecosystem|pm2|process)(?:\.config)?\.(?:[cm]?js|json|ya?ml)$/, 'pm2'],
  [
    /(?:^|\/)(?:fly|netlify|railway|nixpacks)\.(?:toml|json)$|(?:^|\/)(?:render|app|apprunner)\.ya?ml$/,
    'the platform',
  ],
  [/(?:^|\/)(?:vercel|app|now)\.json$|(?:^|\/)\.(?:ebextensions|platform)\//, 'the platform'],
  [/(?:^|\/)(?:k8s|kubernetes|helm|charts|deploy)\/.*\.ya?ml$|\.service$/, 'the platform'],
  [/(?:^|\/)\.gitlab-ci\.ya?ml$/, 'the CI of GitLab'],
  [
    /^\.circleci\/|^azure-pipelines\.ya?ml$|^bitbucket-pipelines\.yml$|^\.travis\.yml$|(?:^|\/)Jenkinsfile$/,
    'another CI',
  ],
  [
    /^\.drone\.yml$|^appveyor\.yml$|^\.woodpecker\.ya?ml$|^cloudbuild\.ya?ml$|^buildspec\.ya?ml$/,
    'another CI',
  ],
  [/(?:^|\/)(?:Makefile|justfile|Taskfile\.ya?ml)$|\.(?:sh|bash)$/, 'a script of the shell'],
  [/^\.github\/actions\/.*\.ya?ml$|(?:^|\/)action\.ya?ml$/, 'an action of its own'],
];

/** Who runs scripts in a place that this codemod does not prepare for Bun; null for all other files. */
export const placeOf = (path: string): string | null =>
  PLACES.find(([pattern]) => pattern.test(path))?.[1] ?? null;

/** The scripts that a text runs through a package manager, with their places. Comments count: what is named stays. */
export function callersIn(path: string, text: string, who: string, scripts: ReadonlySet<string>): Caller[] {
  return text.split('\n').flatMap((line, index) =>
    [...scriptsRun(line, scripts)].map((script) => ({
      ...{ file: path, line: index + 1, column: line.search(/\S/) + 1 },
      ...{ script, who },
    })),
  );
}

const MANAGERS = new Set([
  'npm',
  'pnpm',
  'yarn',
  'bun',
  'npm-run-all',
  'run-s',
  'run-p',
  'concurrently',
  'node',
]);

/**
 * The scripts a line of a command runs. Every script's name after a package manager counts, whatever stands between:
 * that one too many stays is no harm.
 */
export function scriptsRun(line: string, scripts: ReadonlySet<string>): Set<string> {
  // The JSON form of Docker's CMD, and lists of YAML: quotes and commas go, the words stay.
  const all = words(line.replace(/["'[\],]/g, ' '));
  const manager = all.findIndex((word) => MANAGERS.has(word.slice(word.lastIndexOf('/') + 1)));
  const found = new Set<string>();
  if (manager === -1) return found;
  for (const word of all.slice(manager + 1)) {
    const name = word.replace(/[;&|)]+$/, '').replace(/^(?:npm|pnpm|yarn):/, '');
    if (scripts.has(name)) found.add(name);
    const starts = /^(.+)\*$/.exec(name)?.[1];
    if (starts) for (const each of scripts) if (each.startsWith(starts)) found.add(each);
  }
  return found;
}

/** Scripts that run when one is run: those it names, and its hooks; itself first. */
export function reachedFrom(names: Iterable<string>, scripts: ReadonlyMap<string, string>): Set<string> {
  const reached = new Set(names);
  const known = new Set(scripts.keys());
  for (const name of reached) {
    const command = scripts.get(name);
    if (command === undefined) continue;
    for (const hook of [`pre${name}`, `post${name}`]) if (known.has(hook)) reached.add(hook);
    for (const each of scriptsRun(command, known)) reached.add(each);
  }
  return reached;
}
