import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

interface Database {
  exec(sql: string): void;
  prepare(sql: string): {
    run(...values: unknown[]): { changes: number | bigint };
    all(...values: unknown[]): unknown[];
  };
  close(): void;
}
type Sqlite = { DatabaseSync: new (path: string) => Database };

export default subject<Sqlite>('sqlite', {
  DatabaseSync: ({ DatabaseSync }) => {
    const own = new DatabaseSync(':memory:');
    own.exec('create table a (n integer)');
    own.prepare('insert into a values (?)').run(3);
    const rows = own.prepare('select n from a').all();
    own.close();
    return same(rows, [{ n: 3 }]);
  },
  'DatabaseSync file': ({ DatabaseSync }, { scratch }) => {
    const [one, two] = [`${scratch}/own.db`, `${scratch}/own.db`];
    const first = new DatabaseSync(one);
    first.exec('create table a (n integer); insert into a values (4)');
    first.close();
    const second = new DatabaseSync(two);
    const rows = second.prepare('select n from a').all();
    second.close();
    return same(rows, [{ n: 4 }]);
  },
});
