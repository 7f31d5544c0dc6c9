import type { Gates, StageGates } from '../model/gates.ts';

/** What a file is rendered from. All texts may come from users. */
export interface Rendering {
  stage: string;
  gates: StageGates;
  /** What is asked of shadow runs; null where nothing is. */
  shadow: Gates | null;
  /** The runtimes of both sides. */
  old: string;
  new: string;
  commit: string;
  /** The commit before the stage. */
  before: string;
  /** How this version of migrate is called where it is not installed. */
  migrate: string;
  /** How packages are installed by the lockfile; null where there is none. */
  install: string | null;
  /** Of the project in the git repository, with `/` before it; empty at its top. */
  folder: string;
  /** Into how many shares a run is split. */
  shards: number;
  traffic: string;
  writes: 'refused' | 'isolated';
  /** Of the deployment, and of what is made. */
  name: string;
  port: number;
  /** Requests a second in production; null where nobody said. */
  rate: number | null;
  /** The 99th percentile in production today, in ms; null where nobody said. */
  p99: number | null;
  /** Where a runner gets the code; null where git has no remote. */
  repository: string | null;
  image: string;
}

/** One kind of file: the default export of a file in `list/`. */
export interface Renderer {
  kind: string;
  /** What it is, for the list. */
  title: string;
  /** Where it goes unless something else is said. */
  file: string;
  /** The file belongs to the top of the git repository, wherever the project is. */
  atTop?: true;
  /** @throws MigrateError where something that it needs is not known */
  render(what: Rendering): string;
}
