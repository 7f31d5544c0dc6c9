import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Monitoring, SignalRow } from '../../src/model/monitoring.ts';
import { machine } from '../section.ts';

/**
 * Proves `migrate observe` with real SDKs: three applications, each of today's Node on newer Node, Bun and Deno, with
 * OpenTelemetry, Sentry and a client of StatsD as npm has them. Writes `docs/monitoring.md`.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const here = join(root, 'bench', 'monitoring', '__fixtures__');
process.env.MIGRATE_CACHE ??= join(root, '.cache');

const PACKAGES = [
  ...[
    '@opentelemetry/sdk-node@0.223',
    '@opentelemetry/auto-instrumentations-node@0.81',
    '@opentelemetry/api@1',
  ],
  ...['@opentelemetry/api-logs@0.223', '@sentry/node@11', 'hot-shots@17', 'express@5'],
];
const APPLICATIONS = [
  {
    name: 'opentelemetry',
    title: 'OpenTelemetry',
    packages: ['@opentelemetry/sdk-node', '@opentelemetry/auto-instrumentations-node'],
  },
  { name: 'sentry', title: 'Sentry', packages: ['@sentry/node'] },
  { name: 'statsd', title: 'StatsD', packages: ['hot-shots'] },
];
const TODAY = 'node@22';
const RUNTIMES = ['node@24', 'bun', 'deno'];

const scratch = mkdtempSync(join(tmpdir(), 'migrate-monitoring-'));
const lines: string[] = [];
try {
  writeFileSync(join(scratch, 'package.json'), '{"private":true}');
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  await execa('npm', [...install, ...PACKAGES], { cwd: scratch });
  for (const { name, title, packages } of APPLICATIONS) {
    const dir = join(scratch, 'applications', name);
    mkdirSync(dir, { recursive: true });
    copyFileSync(join(here, `${name}.cjs`), join(dir, 'server.cjs'));
    symlinkSync(join(scratch, 'node_modules'), join(dir, 'node_modules'));
    const dependencies = Object.fromEntries([...packages, 'express'].map((one) => [one, '*']));
    writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, main: 'server.cjs', dependencies }));
    const versions = packages.map((one) => `${one} ${versionOf(one)}`).join(', ');
    lines.push('', `## ${title}`, '', `With ${versions}.`);
    for (const spec of RUNTIMES) {
      const found = await observe(dir, spec);
      lines.push('', ...(typeof found === 'string' ? [`**${spec}:** ${found}`] : section(found)));
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
writeFileSync(
  join(root, 'docs', 'monitoring.md'),
  `${[
    '# What monitoring receives',
    '',
    '`migrate observe` starts a collector on 127.0.0.1 for each side, and compares what arrives by name, number and parent. Below is what it',
    'found of three small applications, each as the documentation of its SDK sets it up, on newer Node, Bun and Deno: two routes that answer,',
    'one that fails, requests made from the routes. "Missing" never arrives from the new side; "moved" arrives under another span, or as a',
    'root. Made by `node .tasks/bench.mjs monitoring`, which needs a network.',
    '',
    `Measured on ${machine()}.`,
    ...lines,
  ].join('\n')}\n`,
);

/** What was found; where a side does not start, what it said. */
async function observe(dir: string, spec: string): Promise<Monitoring | string> {
  const args = ['observe', '--old', `${TODAY}:${dir}`, '--new', `${spec}:${dir}`, '--json'];
  const { stdout } = await execa(process.execPath, [join(root, 'dist', 'src', 'cli.js'), ...args], {
    ...{ cwd: dir, reject: false, stderr: 'inherit', maxBuffer: 100_000_000 },
  });
  const document = JSON.parse(stdout) as
    | Monitoring
    | { schema: 'migrate/error'; message: string; hint?: string };
  if (document.schema === 'migrate/monitoring') return document;
  const { message, hint = '' } = document;
  const said = /\w*Error: [^\n]*/.exec(hint)?.[0] ?? '';
  return `${message} ${said}`.replaceAll(scratch, '<scratch>').trim();
}

function section({ sides, rows, outcome }: Monitoring): string[] {
  const runtime = ({ runtime: { name, version } }: Monitoring['sides']['old']) => `${name} ${version}`;
  const told = rows.filter(({ old }) => old > 0);
  const same = told.filter(({ verdict }) => verdict === 'same').length;
  const others = rows.filter(({ verdict }) => verdict !== 'same');
  return [
    `**${runtime(sides.old)} → ${runtime(sides.new)}: ${outcome}**, ${same} of ${told.length} names the same.`,
    ...(others.length === 0
      ? []
      : [
          '',
          '| | | name | under | today | new |',
          '| --- | --- | --- | --- | ---: | ---: |',
          ...others.map(row),
        ]),
  ];
}

function row({ verdict, kind, name, under, underNew, old, new: next }: SignalRow): string {
  const parent = verdict === 'moved' ? `${under ?? 'root'} → ${underNew ?? 'root'}` : (under ?? '');
  return `| ${verdict} | ${kind} | \`${name}\` | ${parent ? `\`${parent}\`` : ''} | ${old} | ${next} |`;
}

function versionOf(name: string): string {
  const text = readFileSync(join(scratch, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
