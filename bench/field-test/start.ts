import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Application } from './list.ts';

/** Written beside the application: how it starts, and what makes its data. */
export const ENTRY = 'field-test-start.cjs';
export const STATE = 'field-test-state.cjs';

/** What tells one side from another is the folder it runs in: a comparison copies each side to `…/<side>/app`. */
const sideOf = ({ name }: Application): string[] => [
  "const { basename, dirname } = require('node:path');",
  `const side = (${JSON.stringify(`${name}_`)} + basename(dirname(process.cwd()))).replaceAll(/\\W/g, '_');`,
  "const own = (text) => text.replaceAll('{{side}}', side).replaceAll('{{number}}', String(basename(dirname(process.cwd())).charCodeAt(0) % 15 + 1));",
];

const LOADERS = {
  tsx: "require('tsx/cjs');",
  'ts-node': "require('ts-node/register/transpile-only');",
  'ts-node-paths': "require('ts-node/register/transpile-only');\n  require('tsconfig-paths/register');",
};

/** Whether its own start file will do. */
const startsItself = ({ loader, port, env }: Application): boolean =>
  loader === undefined && port === undefined && !Object.values(env).some((value) => value.includes('{{'));

/** The file to start: the application's own, or one that gives it what its start script, a free port or its side needs. */
export const startFile = (app: Application): string => (startsItself(app) ? app.entry : ENTRY);

/** What `shadow run` is told of data outside the folder. */
export const stateFlags = ({ state }: Application): string[] =>
  state.length === 0 ? [] : ['--state-command', `node ${STATE}`];

/** Makes the data of a tree that is started where it stands. */
export async function makeState({ state }: Application, folder: string): Promise<void> {
  if (state.length > 0) await execa(process.execPath, [STATE], { cwd: folder });
}

export function writeStart(app: Application, folder: string): void {
  if (app.state.length > 0)
    writeFileSync(
      join(folder, STATE),
      [
        ...sideOf(app),
        "const { execSync } = require('node:child_process');",
        `for (const command of ${JSON.stringify(app.state)}) execSync(own(command), { stdio: 'inherit' });`,
        '',
      ].join('\n'),
    );
  if (startsItself(app)) return;
  const lines = [
    '// Starts the application as its own start script does; written by the field test.',
    ...sideOf(app),
    "for (const name of Object.keys(process.env)) if (process.env[name].includes('{{')) process.env[name] = own(process.env[name]);",
    ...(app.port === undefined
      ? []
      : [
          "const { Server } = require('node:http');",
          'const listen = Server.prototype.listen;',
          'Server.prototype.listen = function (port, ...rest) {',
          `  return listen.call(this, Number(port) === ${app.port} ? Number(process.env.PORT) : port, ...rest);`,
          '};',
        ]),
    ...(app.loader === undefined
      ? [`import('./${app.entry}');`]
      : [
          // Bun runs TypeScript of every kind by itself; Deno takes the loader as Node does.
          `if (process.versions.bun) import('./${app.entry}');`,
          `else {\n  ${LOADERS[app.loader]}\n  require('./${app.entry}');\n}`,
        ]),
  ];
  writeFileSync(join(folder, ENTRY), `${lines.join('\n')}\n`);
}
