/** What an application lacks that no runtime can give, in a sentence without its full stop. */
export interface Needed {
  sentence: string;
  service?: NeededService;
}

/** A database or another server. */
export interface NeededService {
  /** `PostgreSQL`; null where nothing tells what it is. */
  name: string | null;
}

/** Who listens on a port by custom. Source: IANA service names, and the projects' own documentation. */
const SERVICES: Readonly<Record<string, string>> = {
  ...{ 27017: 'MongoDB', 5432: 'PostgreSQL', 3306: 'MySQL or MariaDB', 6379: 'Redis', 1433: 'SQL Server' },
  ...{ 5672: 'RabbitMQ', 4222: 'NATS', 9092: 'Kafka', 9200: 'Elasticsearch', 11211: 'Memcached' },
  ...{ 7687: 'Neo4j', 8123: 'ClickHouse', 9042: 'Cassandra', 5984: 'CouchDB' },
};

/** What servers are called in addresses and in the errors of their drivers. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/mongo/i, 'MongoDB'],
  [/postgres|\bpg\b/i, 'PostgreSQL'],
  [/mysql|mariadb/i, 'MySQL or MariaDB'],
  [/redis|valkey/i, 'Redis'],
  [/rabbit|amqp/i, 'RabbitMQ'],
];

/** What servers say that do answer: not to this user, or not about this database. */
const REFUSALS: readonly (readonly [RegExp, string, (name: string, what: string) => string])[] = [
  [/password authentication failed for user "([^"]*)"/, 'PostgreSQL', refused],
  [/role "([^"]*)" does not exist/, 'PostgreSQL', refused],
  [/database "([^"]*)" does not exist/, 'PostgreSQL', lacking],
  [/Access denied for user '([^']*)'/, 'MySQL or MariaDB', refused],
  [/Unknown database '([^']*)'/, 'MySQL or MariaDB', lacking],
  [/server does not support SSL connections()/, 'PostgreSQL', untrusted],
  [/[Ss]erver does not support secure con+ection()/, 'MySQL or MariaDB', untrusted],
  [/\b(?:WRONGPASS|NOAUTH)\b()/, 'Redis', (name) => `needs a password that ${name} takes`],
];

function refused(name: string, user: string): string {
  return `needs a user of ${name}: it does not let ${user} in`;
}

function untrusted(name: string): string {
  return `needs ${name} over TLS, which the server there does not take`;
}

function lacking(name: string, database: string): string {
  return `needs the database ${database}, which ${name} does not have`;
}

const nameIn = (texts: readonly string[]): string | null =>
  WORDS.find(([words]) => texts.some((text) => words.test(text)))?.[1] ?? null;

const MOST_NAMES = 5;

/**
 * What an application says that it lacks; null where it says nothing of the kind.
 *
 * @param variables environment variables that its code reads
 */
export function neededIn(lines: readonly string[], variables: ReadonlySet<string>): Needed | null {
  const found = service(lines);
  if (found !== null) return found;
  const sentence = envFile(lines) ?? variable(lines, variables);
  return sentence === null ? null : { sentence };
}

/** The server that nobody answers for; null where none is named. */
function service(lines: readonly string[]): Needed | null {
  for (const line of lines) {
    const silent =
      /(?:ECONNREFUSED|[Cc]onnection refused|Can't reach database server at|Failed to connect to)\D{0,40}?[`\s]((?:\d{1,3}\.){3}\d{1,3}|\[?::1\]?|[\w.-]+):(\d{2,5})\b/.exec(
        line,
      );
    if (silent) {
      const [, host = '', port = ''] = silent;
      const name = SERVICES[port] ?? nameIn(lines);
      return {
        sentence: `needs ${name ?? 'a server'} at ${host}:${port}, where nothing answers`,
        service: { name },
      };
    }
    const unknown = /(?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)/.exec(line)?.[1];
    if (unknown)
      return {
        sentence: `needs the server ${unknown}, whose address is not known here`,
        service: { name: nameIn([unknown]) ?? nameIn(lines) },
      };
    for (const [words, name, sentence] of REFUSALS) {
      const said = words.exec(line);
      if (said) return { sentence: sentence(name, said[1] ?? ''), service: { name } };
    }
  }
  return null;
}

/** An environment file that its start script or its code names and that is not there. */
function envFile(lines: readonly string[]): string | null {
  const file = lines
    .map(
      (line) =>
        /^(?:\S*node(?:\.exe)?: )?(\S*\.env\S*): not found$/.exec(line.trim())?.[1] ??
        /ENOENT: no such file or directory, open '([^']*\.env[^']*)'/.exec(line)?.[1],
    )
    .find(Boolean);
  return file ? `needs the file ${file}, which is not there` : null;
}

const LACKING =
  /missing|required|must be|not (?:set|defined|provided|found|present)|undefined|invalid|expected|empty/i;

/** Environment variables of the application that it says it lacks; null where it says nothing of the kind. */
function variable(lines: readonly string[], known: ReadonlySet<string>): string | null {
  const names = new Set<string>();
  const first = lines.findIndex((line) => LACKING.test(line));
  // What is lacking is named in the line that says so, in the one before, or in a list after it.
  for (const line of first < 0 ? [] : lines.slice(Math.max(0, first - 1))) {
    if (/^\s+at /.test(line)) continue;
    for (const [name] of line.matchAll(/\b[A-Z][A-Z0-9_]*\b/g)) if (known.has(name)) names.add(name);
  }
  if (names.size === 0) return null;
  const list = [...names];
  const rest = list.length - MOST_NAMES;
  const shown = list.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return `needs the environment variable${list.length > 1 ? 's' : ''} ${shown}`;
}
