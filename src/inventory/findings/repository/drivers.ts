import { evidenceAt } from '../../evidence.ts';
import { declarations, said } from '../../manifests.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** Packages that speak protocols of their own over TCP, beside those that a row of the plan's table names. */
const TCP = new Set([
  ...[
    'mysql',
    'mariadb',
    'mssql',
    'tedious',
    'oracledb',
    'amqplib',
    'amqp-connection-manager',
    'kafkajs',
    'node-rdkafka',
    'nats',
    'mqtt',
  ],
  ...[
    'cassandra-driver',
    'memcached',
    'memjs',
    'neo4j-driver',
    'ldapjs',
    'ldapts',
    'nodemailer',
    'imap',
    'imapflow',
    'ssh2',
    'ssh2-sftp-client',
    'ftp',
    'basic-ftp',
  ],
  ...[
    'ibm_db',
    'snowflake-sdk',
    'postgres',
    'pg-promise',
    'rhea',
    'stompit',
    'bull',
    'bullmq',
    'rabbitmq-client',
    'telnet-client',
  ],
]);
const HTTP2 = new Set([
  '@grpc/grpc-js',
  'nice-grpc',
  'apn',
  '@parse/node-apn',
  'http2-wrapper',
  '@connectrpc/connect-node',
  '@google-cloud/pubsub',
  '@google-cloud/firestore',
  '@google-cloud/spanner',
]);

const rule: RepositoryRule = {
  id: 'drivers',
  title: 'drivers and their engines',
  kinds: ['driver-tcp', 'driver-http2', 'prisma-engine'],
  async see({ repository, served, packages }) {
    const seen: Seen[] = [];
    for (const { manifest, field, name, range } of declarations(served)) {
      if (field !== 'dependencies') continue;
      const place = said(manifest, field, name);
      if (packages.has(name) && TCP.has(name)) seen.push({ ...place, kind: 'driver-tcp', name });
      if (packages.has(name) && HTTP2.has(name)) seen.push({ ...place, kind: 'driver-http2', name });
      // From 7 on Prisma's client is JavaScript, with an adapter.
      if (name === '@prisma/client' && /^[\^~>=v\s]*[1-6](?:\.|$)/.test(range))
        for (const file of repository.files.filter((path) => path.endsWith('.prisma'))) {
          const found = engineIn((await repository.read(file)) ?? '');
          if (found)
            seen.push({
              ...evidenceAt(file, found.text, found.at, 'read'),
              kind: 'prisma-engine',
              name: found.name,
            });
        }
    }
    return { seen };
  },
};

/** The generator of a schema, unless it is told to go without an engine. */
function engineIn(text: string): { text: string; at: number; name: string } | null {
  const at = text.search(/^\s*generator\s+\w+\s*\{/m);
  if (at < 0) return null;
  const body = text.slice(at, text.indexOf('}', at) + 1);
  const isClient = /provider\s*=\s*"prisma-client(?:-js)?"/.test(body);
  if (
    !isClient ||
    /engineType\s*=\s*"(?:client|wasm)"/.test(body) ||
    /previewFeatures\s*=.*"(?:driverAdapters|queryCompiler)"/.test(body)
  )
    return null;
  const targets = /binaryTargets\s*=\s*\[([^\]]*)\]/.exec(body)?.[1];
  const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  return { text, at: start, name: targets ? targets.replace(/["\s]/g, '').split(',').join(', ') : 'native' };
}

export default rule;
