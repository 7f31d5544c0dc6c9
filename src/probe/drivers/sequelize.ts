import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, same, thrown } from '../inside/seen.ts';

interface Sequelize {
  authenticate(): Promise<void>;
  query(sql: string): Promise<unknown>;
  define(
    name: string,
    columns: object,
    options: object,
  ): {
    sync(options: object): Promise<void>;
    create(row: object, options: object): Promise<unknown>;
    findAll(options: object): Promise<{ n: number }[]>;
    drop(): Promise<void>;
  };
  transaction(work: (own: object) => Promise<unknown>): Promise<unknown>;
  close(): Promise<void>;
}
type Module = { Sequelize: new (url: string, options: object) => Sequelize; DataTypes: { INTEGER: unknown } };

async function withSequelize<T>(
  { Sequelize }: Module,
  { service }: Around,
  use: (own: Sequelize) => Promise<T>,
): Promise<T> {
  const own = new Sequelize(service, { logging: false, pool: { max: 5 } });
  try {
    return await use(own);
  } finally {
    await own.close();
  }
}

export default driver<Module>(
  'sequelize',
  ['postgres', 'mysql'],
  {
    connect: (module, around) =>
      withSequelize(module, around, (own) => own.authenticate().then(() => undefined)),
    transaction: (module, around) =>
      withSequelize(module, around, async (own) => {
        const Row = own.define(
          'Row',
          { n: module.DataTypes.INTEGER },
          { tableName: `${around.own}_sequelize`, timestamps: false },
        );
        await Row.sync({ force: true });
        await thrown(() =>
          own.transaction(async (transaction) => {
            await Row.create({ n: 1 }, { transaction });
            throw new Error('back');
          }),
        );
        await own.transaction((transaction) => Row.create({ n: 2 }, { transaction }));
        const rows = await Row.findAll({ raw: true, attributes: ['n'] });
        await Row.drop();
        return same(rows, [{ n: 2 }]);
      }),
    'pool under load': (module, around) =>
      withSequelize(module, around, async (own) =>
        same((await Promise.all(Array.from({ length: 200 }, () => own.query('select 1 as n')))).length, 200),
      ),
    'reconnect after a cut': (module, around) =>
      withSequelize(module, around, async (own) => {
        await own.authenticate();
        await around.cut();
        await eventually(() => own.authenticate());
        return undefined;
      }),
    remove: (module, around) =>
      withSequelize(
        module,
        around,
        async (own) => void (await own.query(`drop table if exists ${around.own}_sequelize`)),
      ),
  },
  { beside: { postgres: 'pg', mysql: 'mysql2' } },
);
