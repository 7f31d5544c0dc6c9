import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, same, thrown } from '../inside/seen.ts';

interface Manager {
  save(entity: string, row: object): Promise<unknown>;
  find(entity: string): Promise<{ n: number }[]>;
}
interface DataSource {
  initialize(): Promise<unknown>;
  destroy(): Promise<void>;
  query(sql: string): Promise<unknown>;
  synchronize(): Promise<void>;
  transaction(work: (manager: Manager) => Promise<unknown>): Promise<unknown>;
  manager: Manager;
}
type Module = {
  DataSource: new (options: object) => DataSource;
  EntitySchema: new (options: object) => object;
};

async function withSource<T>(
  module: Module,
  { service, own }: Around,
  use: (source: DataSource) => Promise<T>,
): Promise<T> {
  const { DataSource, EntitySchema } = module;
  const Row = new EntitySchema({
    ...{ name: 'Row', tableName: `${own}_typeorm` },
    columns: { id: { primary: true, type: 'int' }, n: { type: 'int' } },
  });
  const type = service.startsWith('postgres') ? 'postgres' : 'mysql';
  const source = new DataSource({ type, url: service, entities: [Row], poolSize: 5 });
  await source.initialize();
  try {
    return await use(source);
  } finally {
    await source.destroy().catch(() => {});
  }
}

export default driver<Module>(
  'typeorm',
  ['postgres', 'mysql'],
  {
    connect: (module, around) => withSource(module, around, async () => undefined),
    transaction: (module, around) =>
      withSource(module, around, async (source) => {
        await source.synchronize();
        await thrown(() =>
          source.transaction(async (manager) => {
            await manager.save('Row', { id: 1, n: 1 });
            throw new Error('back');
          }),
        );
        await source.transaction((manager) => manager.save('Row', { id: 2, n: 2 }));
        const rows = await source.manager.find('Row');
        await source.query(`drop table ${around.own}_typeorm`);
        return same(
          rows.map(({ n }) => n),
          [2],
        );
      }),
    'pool under load': (module, around) =>
      withSource(module, around, async (source) =>
        same(
          (await Promise.all(Array.from({ length: 200 }, () => source.query('select 1 as n')))).length,
          200,
        ),
      ),
    'reconnect after a cut': (module, around) =>
      withSource(module, around, async (source) => {
        await source.query('select 1');
        await around.cut();
        await eventually(() => source.query('select 1'));
        return undefined;
      }),
    remove: (module, around) =>
      withSource(
        module,
        around,
        async (source) => void (await source.query(`drop table if exists ${around.own}_typeorm`)),
      ),
  },
  { beside: { postgres: 'pg', mysql: 'mysql2' } },
);
