import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, same, thrown } from '../inside/seen.ts';

interface Knex {
  (table: string): { insert(row: object): Promise<unknown>; select(...names: string[]): Promise<unknown[]> };
  raw(sql: string, values?: unknown[]): Promise<unknown>;
  schema: {
    dropTableIfExists(name: string): Promise<unknown>;
    createTable(name: string, build: (table: { integer(name: string): void }) => void): Promise<unknown>;
  };
  transaction(work: (own: Knex) => Promise<unknown>): Promise<unknown>;
  destroy(): Promise<void>;
}
type Module = { default: (options: object) => Knex };

async function withKnex<T>(
  { default: knex }: Module,
  { service }: Around,
  use: (own: Knex) => Promise<T>,
): Promise<T> {
  const client = service.startsWith('postgres') ? 'pg' : 'mysql2';
  const own = knex({ client, connection: service, pool: { min: 0, max: 5 } });
  try {
    return await use(own);
  } finally {
    await own.destroy();
  }
}

export default driver<Module>(
  'knex',
  ['postgres', 'mysql'],
  {
    connect: (module, around) => withKnex(module, around, async (own) => void (await own.raw('select 1'))),
    transaction: (module, around) =>
      withKnex(module, around, async (own) => {
        const table = `${around.own}_knex`;
        await own.schema.dropTableIfExists(table);
        await own.schema.createTable(table, (columns) => columns.integer('n'));
        await thrown(() =>
          own.transaction(async (inside) => {
            await inside(table).insert({ n: 1 });
            throw new Error('back');
          }),
        );
        await own.transaction((inside) => inside(table).insert({ n: 2 }));
        const rows = await own(table).select('n');
        await own.schema.dropTableIfExists(table);
        return same(rows, [{ n: 2 }]);
      }),
    'pool under load': (module, around) =>
      withKnex(module, around, async (own) =>
        same(
          (await Promise.all(Array.from({ length: 200 }, (_, n) => own.raw('select ? as n', [n])))).length,
          200,
        ),
      ),
    'reconnect after a cut': (module, around) =>
      withKnex(module, around, async (own) => {
        await own.raw('select 1');
        await around.cut();
        await eventually(() => own.raw('select 1'));
        return undefined;
      }),
    remove: (module, around) =>
      withKnex(
        module,
        around,
        async (own) => void (await own.schema.dropTableIfExists(`${around.own}_knex`)),
      ),
  },
  { beside: { postgres: 'pg', mysql: 'mysql2' } },
);
