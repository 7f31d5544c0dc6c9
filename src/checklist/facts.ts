import type { Dependency, Inventory, Sign } from '../model/inventory.ts';

/** Packages that watch an application. */
const MONITORING =
  /^(@sentry\/|@opentelemetry\/(sdk|auto|instrumentation)|dd-trace$|newrelic$|elastic-apm-node$|applicationinsights$|prom-client$|hot-shots$|@honeycombio\/|@appsignal\/|node-statsd$)/;
/** Clients of databases and stores, which hold connections. */
const CLIENTS =
  /^(pg|postgres|mysql2?|mongodb|mongoose|redis|ioredis|@prisma\/client|knex|typeorm|sequelize|better-sqlite3|sqlite3|drizzle-orm|cassandra-driver|mssql|oracledb)$/;
/** Login, tokens, passwords, and validation. */
const GUARDS =
  /^(passport(-.+)?|jsonwebtoken|jose|bcrypt(js)?|argon2|express-session|cookie-session|express-jwt|zod|joi|ajv|yup|class-validator|express-validator|celebrate|valibot|better-auth|next-auth|lucia)$/;
/** Work that goes on between requests. */
const JOBS = /^(bullmq|bull|agenda|bree|bee-queue|node-cron|cron|node-schedule|amqplib|kafkajs)$/;
/** Streams of tokens. */
const MODELS =
  /^(openai|@anthropic-ai\/sdk|ai|@ai-sdk\/.+|@google\/genai|@google\/generative-ai|langchain|@langchain\/.+|ollama|cohere-ai|@mistralai\/mistralai)$/;

/** Production dependencies that a pattern names. */
const matching =
  (pattern: RegExp) =>
  ({ dependencies }: Inventory): Dependency[] =>
    dependencies.filter(
      ({ name, kind }) => (kind === 'production' || kind === 'optional') && pattern.test(name),
    );

export const monitoringPackages = matching(MONITORING);
export const clients = matching(CLIENTS);
export const guards = matching(GUARDS);
export const jobs = matching(JOBS);
export const models = matching(MODELS);

/** Packages of a kind that are declared, of developers, too. */
export const declared = ({ dependencies }: Inventory, pattern: RegExp): Dependency[] =>
  dependencies.filter(({ name }) => pattern.test(name));

export const signsOf = ({ signs }: Inventory, ...kinds: Sign['kind'][]): Sign[] =>
  signs.filter(({ kind }) => kinds.includes(kind));

/** Names in a sentence, each once. */
export function names(all: readonly { name: string }[], most = 4): string {
  const unique = [...new Set(all.map(({ name }) => name))];
  const rest = unique.length - most;
  return unique.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Calls of Node that hold the loop until they are done, made by the application after it has loaded. */
export function blockingCalls({ builtins, traits }: Inventory) {
  const atLoad = new Set(
    traits.flatMap(({ kind, location }) =>
      kind === 'disk-at-load' && location ? [`${location.file}:${location.line}`] : [],
    ),
  );
  return builtins.filter(
    ({ member, reach, location }) =>
      reach === 'production' &&
      /Sync$/.test(member ?? '') &&
      !/^(existsSync|randomBytesSync)$/.test(member ?? '') &&
      !atLoad.has(`${location?.file}:${location?.line}`),
  );
}

/** Routes whose answer is a stream. */
export const streamingRoutes = ({ routes }: Inventory) =>
  routes.filter(({ needs }) => needs.some(({ kind }) => kind === 'stream'));

/** Routes that a platform asks whether the application is well. */
export const healthRoutes = ({ routes }: Inventory) =>
  routes.filter(({ method, path }) =>
    /^(GET|HEAD|ALL|USE)$/i.test(method)
      ? /(^|\/)_?(health|healthz|healthcheck|ready|readyz|readiness|live|livez|liveness|ping|up)$/i.test(path)
      : false,
  );

/** Whether it is hosted as functions, which a request has for itself. */
export const isFunctions = ({ functions, signs }: Inventory): boolean =>
  functions.length > 0 ||
  signs.some(({ kind, name }) => kind === 'platform' && /^(vercel|netlify)$/.test(name));

/** `1 route`, `2 routes`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
