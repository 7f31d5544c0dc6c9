import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { LOADERS, modulesOf, readRegisters, reasonAgainst } from '../application/registers.ts';
import type { PackageRule } from '../packages/contract.ts';
import { ruleOf } from '../packages/index.ts';
import { begin, type Prepared } from '../prepare.ts';
import type { InstanceCall } from '../state.ts';

/** A plugin whose hooks have something to do on Hono's side. */
export interface Watched extends InstanceCall {
  plugin: SyntaxNode;
  how: 'covered' | 'bridged' | 'parsed';
  /** What is registered for Hono's side alone. */
  stand: { file: string; name: string } | null;
}

/** Packages that an application registers, where Fastify stays. */
export interface Packages {
  /** Those that converted functions may use: something stands for what they give requests and replies. */
  rules: ReadonlySet<PackageRule>;
  registers: readonly Watched[];
  /** Whether a plugin for tokens is there that nothing stands for: it works on Fastify's own request. */
  lends: boolean;
  /** Names of packages that keep no route in Fastify by themselves. */
  known: ReadonlySet<string>;
}

/** Plugins that add no hooks which a request passes, and those of which each is for Hono's side to answer. */
const IDLE = new Set([
  ...LOADERS,
  ...[
    '@fastify/accepts',
    '@fastify/auth',
    '@fastify/basic-auth',
    '@fastify/csrf-protection',
    '@fastify/jwt',
    'fastify-jwt',
  ],
  ...[
    '@fastify/oauth2',
    '@fastify/sensible',
    'fastify-sensible',
    '@fastify/static',
    'fastify-static',
    '@fastify/swagger',
  ],
  ...[
    '@fastify/swagger-ui',
    'fastify-swagger',
    '@scalar/fastify-api-reference',
    'fastify-guard',
    'fastify-jwt-jwks',
  ],
  ...[
    '@fastify/formbody',
    'fastify-formbody',
    '@fastify/env',
    'fastify-env',
    '@fastify/postgres',
    '@fastify/redis',
  ],
  ...[
    '@fastify/mongodb',
    '@fastify/mysql',
    '@fastify/schedule',
    '@fastify/elasticsearch',
    '@fastify/kafka',
    '@fastify/view',
  ],
  ...['fastify-raw-body', 'fastify-graceful-shutdown', 'fastify-socket.io', 'fastify-mailer', 'fastify-cron'],
]);
/** Plugins whose hooks mean nothing to a request that Hono answers: files and sockets are Fastify's. */
const COVERED = new Set([
  '@fastify/multipart',
  'fastify-multipart',
  '@fastify/websocket',
  'fastify-websocket',
]);
/** Plugins whose hooks run as they are, with Fastify's own request and reply. */
const BRIDGED = new Set([
  ...[
    '@fastify/rate-limit',
    'fastify-rate-limit',
    '@fastify/under-pressure',
    '@fastify/cors',
    'fastify-cors',
  ],
  ...['@fastify/helmet', 'fastify-helmet'],
]);

export function readPackages(prepared: Prepared): Packages {
  const { program } = prepared;
  const scratch = begin(prepared, program.units, true);
  const ruled = readRegisters(scratch, program.scopes);
  const rules = new Set(scratch.packages);
  for (const register of ruled) if (reasonAgainst(scratch, register) !== null) rules.delete(register.rule);
  addLoaded(prepared, rules);
  const isToken = (module: string) => /^(?:@fastify\/|fastify-)jwt$/.test(module);
  const all = program.calls.flatMap(({ member, node }) => {
    const [plugin] = member === 'register' ? argumentsOf(node) : [];
    return plugin === undefined ? [] : [...modulesOf(scratch, plugin)];
  });
  const lends = all.some(isToken) && ![...rules].some(({ name }) => isToken(name));
  const registers: Watched[] = [];
  const known = new Set(IDLE);
  for (const call of program.calls) {
    const [plugin] = argumentsOf(call.node);
    if (call.member !== 'register' || plugin === undefined) continue;
    for (const module of modulesOf(scratch, plugin)) {
      const rule = ruled.find((each) => each.plugin === plugin && rules.has(each.rule))?.rule;
      if (rule?.stays === true || IDLE.has(module)) {
        known.add(module);
        if (
          rule?.becomes === undefined ||
          rule.name === '@fastify/sensible' ||
          rule.name === '@fastify/swagger-ui'
        )
          continue;
      }
      const how =
        rule !== undefined || COVERED.has(module) ? 'covered' : BRIDGED.has(module) ? 'bridged' : null;
      if (how === null) continue;
      known.add(module);
      const isRead = lends && /^(?:@fastify\/|fastify-)cookie$/.test(module);
      registers.push({ ...call, plugin, how: isRead ? 'parsed' : how, stand: rule?.becomes ?? null });
    }
  }
  return { rules, registers, known, lends };
}

/** Packages of which a file that is loaded gives out the plugin itself, where nothing of its options matters. */
function addLoaded({ program, manifest }: Prepared, rules: Set<PackageRule>) {
  for (const { steps } of program.scopes)
    for (const step of steps) {
      if (step.kind !== 'middleware') continue;
      for (const { package: name } of step.handlers.flatMap(({ packages }) => packages)) {
        const rule = ruleOf(manifest.text, name);
        if (typeof rule === 'object' && rule.name === '@fastify/sensible') rules.add(rule);
      }
    }
}
