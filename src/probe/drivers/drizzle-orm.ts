import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, same, thrown } from '../inside/seen.ts';

interface Database {
  execute(query: string): Promise<{ rows: unknown[] }>;
  transaction(work: (own: Database) => Promise<unknown>): Promise<unknown>;
  $client: { end(): Promise<void>; on(name: 'error', listener: () => void): void };
}
type Module = { drizzle(url: string): Database };
async function withDatabase<T>(
  { drizzle }: Module,
  { service }: Around,
  use: (own: Database) => Promise<T>,
): Promise<T> {
  const own = drizzle(service);
  own.$client.on('error', () => {});
  try {
    return await use(own);
  } finally {
    void own.$client.end().catch(() => {});
  }
}

export default driver<Module>(
  'drizzle-orm',
  ['postgres'],
  {
    connect: (module, around) =>
      withDatabase(module, around, async (own) =>
        same((await own.execute('select 1 as n')).rows, [{ n: 1 }]),
      ),
    transaction: (module, around) =>
      withDatabase(module, around, async (own) => {
        const table = `${around.own}_drizzle`;
        await own.execute(`drop table if exists ${table}`);
        await own.execute(`create table ${table} (n int)`);
        await thrown(() =>
          own.transaction(async (inside) => {
            await inside.execute(`insert into ${table} values (1)`);
            throw new Error('back');
          }),
        );
        await own.transaction(async (inside) => inside.execute(`insert into ${table} values (2)`));
        const { rows } = await own.execute(`select n from ${table}`);
        await own.execute(`drop table ${table}`);
        return same(rows, [{ n: 2 }]);
      }),
    'pool under load': (module, around) =>
      withDatabase(module, around, async (own) => {
        const query = 'select 1 as n';
        return same((await Promise.all(Array.from({ length: 200 }, () => own.execute(query)))).length, 200);
      }),
    'reconnect after a cut': (module, around) =>
      withDatabase(module, around, async (own) => {
        const query = 'select 1';
        await own.execute(query);
        await around.cut();
        await eventually(() => own.execute(query));
        return undefined;
      }),
    remove: (module, around) =>
      withDatabase(
        module,
        around,
        async (own) => void (await own.execute(`drop table if exists ${around.own}_drizzle`)),
      ),
  },
  { load: 'drizzle-orm/node-postgres', beside: { postgres: 'pg' } },
);
