import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look, valueIn } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** What makes a client or pool of each package, by its path. */
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  pg: ['Pool.new', 'Client.new', 'native.Pool.new'],
  mysql2: ['createPool.()', 'createConnection.()'],
  'mysql2/promise': ['createPool.()', 'createConnection.()'],
  mysql: ['createPool.()', 'createConnection.()'],
  mariadb: ['createPool.()'],
  postgres: ['()'],
  'pg-promise': ['().()'],
  mongodb: ['MongoClient.new', 'MongoClient.connect.()'],
  mongoose: ['connect.()', 'createConnection.()'],
  ioredis: ['new', 'Redis.new', 'Cluster.new', 'Redis.Cluster.new'],
  redis: ['createClient.()', 'createCluster.()'],
  mssql: ['ConnectionPool.new', 'connect.()'],
  oracledb: ['createPool.()', 'getConnection.()'],
  knex: ['()', 'knex.()'],
  sequelize: ['new', 'Sequelize.new'],
  'sequelize-typescript': ['Sequelize.new'],
  typeorm: ['DataSource.new', 'createConnection.()'],
  '@prisma/client': ['PrismaClient.new'],
  '@nestjs/typeorm': ['TypeOrmModule.forRoot.()', 'TypeOrmModule.forRootAsync.()'],
  '@nestjs/mongoose': ['MongooseModule.forRoot.()', 'MongooseModule.forRootAsync.()'],
  '@nestjs/sequelize': ['SequelizeModule.forRoot.()', 'SequelizeModule.forRootAsync.()'],
  '@mikro-orm/nestjs': ['MikroOrmModule.forRoot.()', 'MikroOrmModule.forRootAsync.()'],
  amqplib: ['connect.()'],
  'amqplib/callback_api': ['connect.()'],
  'amqp-connection-manager': ['connect.()'],
  kafkajs: ['Kafka.new'],
  nats: ['connect.()'],
  mqtt: ['connect.()', 'connectAsync.()'],
  '@elastic/elasticsearch': ['Client.new'],
  '@opensearch-project/opensearch': ['Client.new'],
  'cassandra-driver': ['Client.new'],
  memcached: ['new'],
  memjs: ['Client.create.()'],
  'neo4j-driver': ['driver.()'],
  ldapjs: ['createClient.()'],
};
/** Drivers whose client was measured on Workers; of the others nobody knows. Source: bench/table-rows. */
const MEASURED = new Set(['pg', 'mysql2', 'mysql2/promise', 'ioredis', 'redis', 'mongodb']);
/** Names of the option that says how many connections a pool may hold. */
const SIZES = ['max', 'connectionLimit', 'maxPoolSize', 'poolSize', 'poolMax'];
/** Connections that a Worker may have open at once. */
const MOST_ON_WORKERS = 6;

const rule: SourceRule = {
  id: 'clients',
  kinds: ['client-shared', 'client-shared-unmeasured', 'pool-size', 's3-client'],
  words: new RegExp(`["'\`](?:${Object.keys(MAKERS).join('|')}|aws-sdk(?:/clients/s3)?)["'\`]`),
  visit: { CallExpression: made, NewExpression: made },
};

function made(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named?.from === 'aws-sdk' && named.path === 'S3.new') look.note('s3-client', 'aws-sdk', node);
  if (named?.from === 'aws-sdk/clients/s3' && named.path === 'new') look.note('s3-client', 'aws-sdk', node);
  if (named === null || !MAKERS[named.from]?.includes(named.path)) return;
  if (look.atLoad(node))
    look.note(
      MEASURED.has(named.from) ? 'client-shared' : 'client-shared-unmeasured',
      named.from.replace(/\/(promise|callback_api)$/, ''),
      node,
    );
  for (const options of [argument(node, 0), argument(node, 1), argument(node, 3)])
    for (const holder of [options, valueIn(look.property(options, 'pool'))])
      for (const name of SIZES) {
        const size = look.heldBy(valueIn(look.property(holder, name)));
        if (typeof size?.value === 'number' && size.value > MOST_ON_WORKERS)
          look.note('pool-size', `${name}: ${size.value}`, node);
      }
}

export default rule;
