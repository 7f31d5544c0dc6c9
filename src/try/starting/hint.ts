import { connect } from 'node:net';
import { at } from '../../model/at.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { NeededService } from './needs.ts';

/** Where services listen by custom, and the words that variables name them by. */
const CUSTOM: Readonly<Record<string, { port: number; words: RegExp }>> = {
  PostgreSQL: { port: 5432, words: /PG|POSTGRES|SQL|DB|DATABASE|TYPEORM/i },
  'MySQL or MariaDB': { port: 3306, words: /MYSQL|MARIA|SQL|DB|DATABASE|TYPEORM/i },
  MongoDB: { port: 27017, words: /MONGO|DB|DATABASE/i },
  Redis: { port: 6379, words: /REDIS|VALKEY|CACHE|QUEUE/i },
  RabbitMQ: { port: 5672, words: /RABBIT|AMQP|QUEUE|BROKER/i },
};
/** What of a variable's name says that it holds an address, or who asks there. */
const ADDRESS = /HOST|PORT|UR[IL]$|URL|DSN|SERVER|ADDR|CONNECTION|USER|PASS|NAME$|DATABASE$|_DB$/i;
const MOST = 5;
const WAIT_MS = 500;

/** What to do about a service that an application needs: whether one is here, and which variables say where it is. */
export async function serviceHint({ name }: NeededService, { env }: Inventory): Promise<string | null> {
  const custom = name === null ? undefined : CUSTOM[name];
  if (name === null || custom === undefined) return null;
  const named = [...new Map(env.map((one) => [one.name, one])).values()].filter(
    (one) => custom.words.test(one.name) && ADDRESS.test(one.name),
  );
  const [first] = named;
  const list = named.slice(0, MOST).map((one) => one.name);
  const place = first?.location ? ` (${at(first.location)})` : '';
  const how =
    first === undefined
      ? 'its address is written in the code or in a file of the application: change it there, in the copy by --setup'
      : `the application takes its address from ${list.join(', ')}${place}: give them with --env-file <file>`;
  return (await answersAt(custom.port))
    ? `A server answers at 127.0.0.1:${custom.port}, where ${name} listens by custom; ${how}.`
    : `No ${name} answers at 127.0.0.1:${custom.port}. Start one (docker compose up -d), or point at another: ${how}.`;
}

/** Whether something listens on a port of this machine. */
const answersAt = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: WAIT_MS });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
