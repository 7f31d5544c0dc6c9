/** What a check saw, where it was not simply that the thing works. */
export interface Seen {
  level: 'no-op' | 'differs';
  saw: string;
}
export type Outcome = Seen | undefined;

/** What a check finds around it, whatever runtime it runs in. */
export interface Around {
  /** A folder to write into. */
  scratch: string;
  /** `http://127.0.0.1:PORT` of a server outside the process that answers every request with `answered METHOD /path`. */
  origin: string;
  /** Asks a server that this process listens with, by its port. */
  ask(port: number): Promise<string>;
  /** The address of a database or broker, by a way that can be cut; empty where none was given. */
  service: string;
  /** What everything is called that is made in it: it is removed afterwards. */
  own: string;
  /** Cuts every connection to it, as a server does that goes away. New ones go through. */
  cut(): Promise<void>;
}

/**
 * Calls one thing and looks at its effect: nothing is returned where it is Node's, what was seen otherwise where it is
 * another or none, and an error is thrown where it does not go through.
 */
export type Check<M> = (module: M, around: Around) => Outcome | Promise<Outcome>;

/** A check in two parts: in a Worker, each in a request of its own. */
export interface TwoParts<M> {
  first: Check<M>;
  then: Check<M>;
}

/**
 * One module and what is called of it: the default export of one file in `subjects/`, which runs in every runtime, so that it
 * imports nothing at its top but `inside/seen.ts` and types. A key is a member's path, and behind a space what it was called for.
 */
export interface Subject<M = never> {
  /** Without `node:`; in parentheses where it is no module. */
  module: string;
  checks: Readonly<Record<string, Check<M> | TwoParts<M>>>;
}

/** A subject of which the module's type was forgotten: how lists hold it. */
export type AnySubject = Subject<never>;

export const subject = <M>(module: string, checks: Subject<M>['checks']): Subject<M> => ({ module, checks });
