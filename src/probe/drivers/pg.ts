import type { Around } from '../contract.ts';
import { driver } from '../driver.ts';
import { eventually, first, same, thrown } from '../inside/seen.ts';

interface Client {
  query(sql: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  on(name: 'error', listener: () => void): void;
  end(): Promise<void>;
}
interface Connected extends Client {
  connect(): Promise<Connected>;
  release(): void;
}
type Pg = {
  default: {
    Client: new (options: object) => Connected;
    Pool: new (options: object) => Client & { connect(): Promise<Connected>; totalCount: number };
  };
};

async function withClient<T>(
  { default: pg }: Pg,
  { service }: Around,
  use: (client: Connected) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: service });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A pool that is used, loses its connections, and is used again. */
async function reconnects({ default: pg }: Pg, around: Around, lose: (pid: unknown) => Promise<unknown>) {
  const pool = new pg.Pool({ connectionString: around.service, max: 2 });
  pool.on('error', () => {});
  try {
    const { rows } = await pool.query('select pg_backend_pid() as pid');
    await lose(rows[0]?.pid);
    await eventually(() => pool.query('select 1'));
    return undefined;
  } finally {
    void pool.end().catch(() => {});
  }
}

export default driver<Pg>('pg', ['postgres'], {
  connect: (pg, around) => withClient(pg, around, async () => undefined),
  query: (pg, around) =>
    withClient(pg, around, async (client) => {
      const { rows } = await client.query(
        "select $1::int as n, $2::text as t, null as nothing, $3::jsonb as j, '2026-01-02T03:04:05Z'::timestamptz as at, '\\x0aff'::bytea as b, 12::bigint as big",
        [1, 'ü', JSON.stringify({ a: [1] })],
      );
      const row = rows[0] as Record<string, unknown> & { b: Uint8Array };
      return same(
        [row.n, row.t, row.nothing, row.j, (row.at as Date).toISOString(), [...row.b], row.big],
        [1, 'ü', null, { a: [1] }, '2026-01-02T03:04:05.000Z', [10, 255], '12'],
      );
    }),
  error: async (pg, around) =>
    same((await thrown(() => withClient(pg, around, (client) => client.query('selec 1'))))?.code, '42601'),
  transaction: (pg, around) =>
    withClient(pg, around, async (client) => {
      const table = `"${around.own}_pg"`;
      await client.query(`drop table if exists ${table}`);
      await client.query(`create table ${table} (n int)`);
      for (const end of ['rollback', 'commit']) {
        await client.query('begin');
        await client.query(`insert into ${table} values ($1)`, [1]);
        await client.query(end);
      }
      const { rows } = await client.query(`select n from ${table}`);
      await client.query(`drop table ${table}`);
      return same(rows, [{ n: 1 }]);
    }),
  'pool under load': async ({ default: pg }, { service }) => {
    const pool = new pg.Pool({ connectionString: service, max: 5 });
    try {
      const all = await Promise.all(
        Array.from(
          { length: 300 },
          async (_, n) => (await pool.query('select $1::int as n', [n])).rows[0]?.n,
        ),
      );
      return first(
        same(
          all,
          Array.from({ length: 300 }, (_, n) => n),
        ),
        same(pool.totalCount <= 5, true),
      );
    } finally {
      await pool.end();
    }
  },
  'reconnect after pg_terminate_backend': async (pg, around) =>
    reconnects(pg, around, (pid) =>
      withClient(pg, around, (client) => client.query('select pg_terminate_backend($1)', [pid])),
    ),
  'reconnect after a cut': (pg, around) => reconnects(pg, around, around.cut),
  remove: (pg, around) =>
    withClient(pg, around, async (client) => {
      await client.query(`drop table if exists "${around.own}_pg"`);
      return undefined;
    }),
});
