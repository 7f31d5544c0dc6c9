import { at } from '../model/at.ts';
import type { Inventory, Script } from '../model/inventory.ts';
import { entryFile } from '../plan/project.ts';
import { invocations } from '../workspace/command-line.ts';

/** Words in names and commands of what reaches out of the copy: it would really be done, twice. */
const OUTWARD =
  /(?:^|[:_-])(?:deploy|publish|release|ship|push|upload|migrate|migration|migrations|seed|db|database)(?:$|[:_-])/i;
const OUTWARD_PROGRAMS = new Set([
  ...['docker', 'docker-compose', 'kubectl', 'helm', 'terraform', 'pulumi', 'aws', 'gcloud', 'az', 'heroku'],
  ...['flyctl', 'fly', 'vercel', 'netlify', 'wrangler', 'serverless', 'sls', 'cdk', 'firebase', 'railway'],
  ...[
    'ssh',
    'scp',
    'rsync',
    'git',
    'gh',
    'np',
    'semantic-release',
    'release-it',
    'changeset',
    'lerna',
    'curl',
  ],
  ...[
    'psql',
    'mysql',
    'mongosh',
    'redis-cli',
    'knex',
    'sequelize',
    'sequelize-cli',
    'typeorm',
    'migrate-mongo',
  ],
]);

/** Why a script is not run, one sentence; null where it is. */
export function notRun(script: Script, inventory: Inventory, named: ReadonlySet<string>): string | null {
  const { name, kind, files, command } = script;
  const own = inventory.scripts.filter(({ manifest }) => manifest === script.manifest);
  const use = inventory.scriptUses.find((one) => one.manifest === script.manifest && one.name === name);
  const hooked = /^(?:pre|post)(.+)$/.exec(name)?.[1];
  if (hooked && own.some((one) => one.name === hooked)) return `it runs with ${hooked}`;
  if (kind === 'production' || files.includes(entryFile(inventory)))
    return 'it starts the application, and a server does not end by itself';
  if (use?.listens && kind !== 'test')
    return `it starts a server (${at(use.listens)}), which does not end by itself`;
  if (kind === 'dev')
    return 'it watches files or runs the application during development: it does not end by itself';
  if (named.has(name)) return null;
  if (named.size > 0) return 'it was not asked for';
  if (kind === 'lifecycle') return 'the package manager runs it by itself; name it to compare it';
  if (OUTWARD.test(name) || reachesOut(command))
    return 'it may change what is outside the copy, such as a database or a server; name it to run it all the same';
  // A script of scripts does what they do.
  const calls = script.calls.flatMap((call) => own.filter((one) => one.name === call && call !== name));
  const reason = calls.map((one) => notRun(one, inventory, named)).find((one) => one !== null);
  return reason === undefined ? null : `it runs ${calls[0]?.name}: ${reason}`;
}

const reachesOut = (command: string): boolean =>
  invocations(command).some(
    ({ program, args }) =>
      OUTWARD_PROGRAMS.has(program) ||
      (program === 'npm' && args[0] === 'publish') ||
      (program === 'prisma' && /^(?:migrate|db)$/.test(args[0] ?? '')),
  );
