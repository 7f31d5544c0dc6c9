import type { Answer } from './inside/check.ts';

/** A program to be run: bundled text of its own. */
export interface Program {
  name: string;
  text: string;
}

/** A database or broker that checks may use, and what they call what they make in it. */
export interface Service {
  service: string;
  own: string;
}

export const NO_SERVICE: Service = { service: '', own: '' };

export interface Asked {
  /** Why the module cannot be imported; null where it can. */
  unloadable: string | null;
  answers: Answer[];
}

export type Exports = { says: string; modules: Record<string, string[] | string> };

/** Where probes run: one exact runtime. */
export interface Host {
  /** Runs the named checks of a program. A process that dies or hangs is an answer. */
  ask(program: Program, checks: readonly string[], limitMs: number, service?: Service): Promise<Asked>;
  /** Runs a program that tells what modules export. */
  tell(program: Program): Promise<Exports>;
}
