import { join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { launchAlone, type RouteShape } from '../../shadow/index.ts';
import { launchOptions, type TryOptions } from '../context.ts';
import { type Making, makeRow } from '../rows.ts';
import { routeHook } from './hook.ts';
import { nextRoutes } from './next.ts';

/**
 * Routes that the code did not tell, asked of the application itself: it is started once as it is today, on Node, and
 * its framework's own table is read. Null where they are known already, and where it names none; why it does not start
 * is found again, and said, by whoever starts it next.
 */
export async function askedRoutes(making: Making): Promise<Pick<TryOptions, 'traffic' | 'routes'> | null> {
  const { options, scratch } = making;
  const [today] = options.ways;
  if (!options.trafficOf) return null;
  const built = nextRoutes(making.base.dir);
  if (built.length > 0) return named(built, options.trafficOf);
  if (today?.name !== 'node') return null;
  options.progress('asking the application for its routes');
  try {
    const row = await makeRow(today, making);
    const hook = await routeHook(join(scratch, 'routes'));
    const context = { options, scratch, folders: [], readyTimeoutMs: options.startTimeoutMs };
    const { close } = await launchAlone(row.given, {
      ...{ ...launchOptions(context, 'routes', row.env), effects: false },
      instrument: () => ({ preload: hook.preload, env: {} }),
    });
    await close();
    const shapes = hook.routes();
    return shapes.length === 0 ? null : await named(shapes, options.trafficOf);
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof MigrateError) return null;
    throw error;
  }
}

const named = async (shapes: RouteShape[], trafficOf: NonNullable<TryOptions['trafficOf']>) => ({
  traffic: await trafficOf(shapes),
  routes: shapes.map((shape) => ({ ...shape, location: null, handler: null })),
});
