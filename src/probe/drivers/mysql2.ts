import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, same, thrown } from '../inside/seen.ts';

interface Connection {
  query(sql: string, values?: unknown[]): Promise<[Record<string, unknown>[], unknown]>;
  execute(sql: string, values?: unknown[]): Promise<[Record<string, unknown>[], unknown]>;
  beginTransaction(): Promise<void>;
  rollback(): Promise<void>;
  commit(): Promise<void>;
  end(): Promise<void>;
  on(name: string, listener: () => void): void;
}
type Mysql = {
  createConnection(options: object): Promise<Connection>;
  createPool(options: object): Connection;
};

/** Workers refuse code from strings, which the driver otherwise makes its parsers of. Source: its documentation. */
const options = ({ service }: Around, isWorker = Reflect.get(globalThis, 'WebSocketPair') !== undefined) => ({
  uri: service,
  ...(isWorker && { disableEval: true }),
});

async function withConnection<T>(
  mysql: Mysql,
  around: Around,
  use: (own: Connection) => Promise<T>,
): Promise<T> {
  const own = await mysql.createConnection(options(around));
  own.on('error', () => {});
  try {
    return await use(own);
  } finally {
    await own.end().catch(() => {});
  }
}

async function reconnects(mysql: Mysql, around: Around, lose: (id: unknown) => Promise<unknown>) {
  const pool = mysql.createPool({ ...options(around), connectionLimit: 2 });
  try {
    const [rows] = await pool.query('select connection_id() as id');
    await lose(rows[0]?.id);
    await eventually(() => pool.query('select 1'));
    return undefined;
  } finally {
    void pool.end().catch(() => {});
  }
}

export default driver<Mysql>(
  'mysql2',
  ['mysql'],
  {
    connect: (mysql, around) => withConnection(mysql, around, async () => undefined),
    query: (mysql, around) =>
      withConnection(mysql, around, async (own) => {
        const [rows] = await own.execute(
          'select ? as t, ? as n, null as nothing, cast(? as decimal(4,2)) as d',
          ['ü', 1, '1.50'],
        );
        const row = rows[0] ?? {};
        return same([row.t, Number(row.n), row.nothing, row.d], ['ü', 1, null, '1.50']);
      }),
    error: async (mysql, around) =>
      same(
        (await thrown(() => withConnection(mysql, around, (own) => own.query('selec 1'))))?.code,
        'ER_PARSE_ERROR',
      ),
    transaction: (mysql, around) =>
      withConnection(mysql, around, async (own) => {
        const table = `${around.own}_mysql`;
        await own.query(`drop table if exists ${table}`);
        await own.query(`create table ${table} (n int) engine=innodb`);
        for (const end of ['rollback', 'commit'] as const) {
          await own.beginTransaction();
          await own.execute(`insert into ${table} values (?)`, [1]);
          await own[end]();
        }
        const [rows] = await own.query(`select n from ${table}`);
        await own.query(`drop table ${table}`);
        return same(rows, [{ n: 1 }]);
      }),
    'pool under load': async (mysql, around) => {
      const pool = mysql.createPool({ ...options(around), connectionLimit: 5 });
      try {
        const all = await Promise.all(
          Array.from({ length: 300 }, async (_, n) =>
            Number((await pool.query('select ? as n', [n]))[0][0]?.n),
          ),
        );
        return same(
          all,
          Array.from({ length: 300 }, (_, n) => n),
        );
      } finally {
        await pool.end();
      }
    },
    'reconnect after KILL': (mysql, around) =>
      reconnects(mysql, around, (id) =>
        withConnection(mysql, around, (own) => own.query(`kill ${Number(id)}`)),
      ),
    'reconnect after a cut': (mysql, around) => reconnects(mysql, around, around.cut),
    remove: (mysql, around) =>
      withConnection(mysql, around, async (own) => {
        await own.query(`drop table if exists ${around.own}_mysql`);
        return undefined;
      }),
  },
  { load: 'mysql2/promise' },
);
