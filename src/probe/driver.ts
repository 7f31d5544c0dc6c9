import { type Subject, subject } from './contract.ts';

/** A kind of server that packages connect to. */
export type ServiceKind = 'postgres' | 'mysql' | 'redis' | 'amqp';

/**
 * One package that talks to a server, and what is done with it: the default export of one file in `drivers/`. Its checks run in
 * every runtime; each makes its own connections. `remove` takes away what they made, and is run on Node at the end.
 */
export interface Driver<M = never> {
  package: string;
  /** What is imported, where that is a part of it: `mysql2/promise`. */
  load: string;
  services: readonly ServiceKind[];
  /** Packages that it needs beside it, by the service. */
  beside: Readonly<Partial<Record<ServiceKind, string>>>;
  subject: Subject<M>;
}

export const driver = <M>(
  name: string,
  services: readonly ServiceKind[],
  checks: Subject<M>['checks'],
  { load = name, beside = {} }: { load?: string; beside?: Driver['beside'] } = {},
): Driver<M> => ({ package: name, load, services, beside, subject: subject(`(${name})`, checks) });
