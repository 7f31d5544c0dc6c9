import { lookup } from 'node:dns/promises';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { ServiceKind } from '../driver.ts';

interface Kind {
  title: string;
  port: number;
  schemes: readonly string[];
  /** Variables that name one by custom. */
  variables: readonly string[];
  flag: string;
}

export const KINDS: Readonly<Record<ServiceKind, Kind>> = {
  postgres: {
    ...{ title: 'PostgreSQL', port: 5432, flag: '--postgres' },
    ...{ schemes: ['postgres', 'postgresql'], variables: ['POSTGRES_URL', 'PG_URL', 'DATABASE_URL'] },
  },
  mysql: {
    ...{ title: 'MySQL or MariaDB', port: 3306, flag: '--mysql' },
    ...{ schemes: ['mysql', 'mariadb'], variables: ['MYSQL_URL', 'MARIADB_URL', 'DATABASE_URL'] },
  },
  redis: {
    ...{ title: 'Redis', port: 6379, flag: '--redis' },
    ...{ schemes: ['redis', 'rediss'], variables: ['REDIS_URL'] },
  },
  amqp: {
    ...{ title: 'RabbitMQ', port: 5672, flag: '--amqp' },
    ...{ schemes: ['amqp', 'amqps'], variables: ['AMQP_URL', 'RABBITMQ_URL', 'CLOUDAMQP_URL'] },
  },
};

export type Services = Partial<Record<ServiceKind, string>>;

/**
 * The servers that may be used: as given by flags, else as the environment names them.
 *
 * @param given by the kind of the service
 * @param remote whether a server outside this machine may be used
 * @throws MigrateError BAD_SERVICE (exit code 2) naming the flag or variable
 */
export async function readServices(
  given: Services,
  env: Readonly<Record<string, string | undefined>>,
  remote: boolean,
): Promise<Services> {
  const found: Services = {};
  for (const [kind, { schemes, variables, flag }] of Object.entries(KINDS) as [ServiceKind, Kind][]) {
    const variable = variables.find((name) =>
      schemes.some((scheme) => env[name]?.startsWith(`${scheme}://`)),
    );
    const address = given[kind] ?? (variable ? env[variable] : undefined);
    const where = given[kind] === undefined ? `The variable ${variable}` : flag;
    if (address === undefined) continue;
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || !schemes.includes(url.protocol.replace(':', '')))
      throw bad(`${where} is no address of the kind ${schemes[0]}://user@host/name.`);
    if (kind === 'mysql' && url.pathname.length < 2) throw bad(`${where} names no database: add /name.`);
    if (!remote && !(await isLoopback(url.hostname))) {
      // What merely stands in the environment may be production's.
      if (given[kind] === undefined) continue;
      throw bad(`${where} is not on this machine.`, 'Add --remote where tables and keys may be made there.');
    }
    found[kind] = address.replace(/^(mariadb|postgresql):/, kind === 'mysql' ? 'mysql:' : 'postgres:');
  }
  return found;
}

async function isLoopback(host: string): Promise<boolean> {
  const own = (address: string) => address === '::1' || address.startsWith('127.');
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === '' || own(bare)) return true;
  const all = await lookup(bare, { all: true }).catch(() => []);
  return all.length > 0 && all.every(({ address }) => own(address));
}

const bad = (message: string, hint?: string): MigrateError =>
  new MigrateError('BAD_SERVICE', message, { exitCode: ExitCode.usage, ...(hint !== undefined && { hint }) });
