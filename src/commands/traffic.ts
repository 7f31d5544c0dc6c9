import { join, resolve } from 'node:path';
import { collectInventory } from '../inventory/index.ts';
import { MigrateError } from '../model/errors.ts';
import type { Io } from '../report/io.ts';
import { type RouteShape, readTraffic, type Traffic } from '../shadow/index.ts';

/** The inventory's routes. Without one traffic can still be compared; coverage is then told by the paths seen. */
export async function routesOf(io: Io, dir: string): Promise<RouteShape[]> {
  try {
    const { routes } = await collectInventory(dir, { signal: io.signal });
    return routes.map(({ method, path }) => ({ method, path }));
  } catch (error) {
    io.signal.throwIfAborted();
    if (!(error instanceof MigrateError)) throw error;
    io.note(`routes are not known: ${error.message}`);
    return [];
  }
}

/** Reads what `--traffic` names, relative to the working folder; `.migrate` there may add a login and values. */
export async function trafficOf(io: Io, given: string, routes: readonly RouteShape[]): Promise<Traffic> {
  const file = given === 'routes' ? given : resolve(io.cwd, given);
  const traffic = await readTraffic(file, { routes, state: join(io.cwd, '.migrate') });
  traffic.file = given;
  return traffic;
}
