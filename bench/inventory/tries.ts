import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Try } from '../../src/model/try.ts';
import type { RoutedApplication } from './applications.ts';

/** What `migrate try` found of an application. */
export interface Tried {
  date: string;
  /** The command, without the folder. */
  command: string;
  /** Requests that every row was asked, made up from the routes. */
  asked: number;
  /** Rows that start, of how many. */
  rows: { start: number; of: number };
  /** Why it is not complete: no page, or a row that asked nothing. */
  reason?: string;
}

/** Tried on a newer Node and on Bun, without load: that each route is asked and compared is what is looked at. */
const ON = ['--on', 'node@24,bun', '--no-convert', '--time', '0'];

/**
 * Tries an installed application. Complete: it starts as it is today, requests were made from its routes, and the page
 * is there.
 */
export async function tryOne(
  app: RoutedApplication,
  folder: string,
  { cli, scratch, today }: { cli: string; scratch: string; today: string },
): Promise<Tried> {
  const mark = join(folder, '.tried-prepared');
  const env = Object.fromEntries(
    Object.entries({ ...app.env, ...app.tried.env }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as const],
    ),
  );
  if (!existsSync(mark)) {
    for (const command of app.tried.prepare)
      await execa('sh', ['-c', command], { cwd: folder, env, reject: false });
    writeFileSync(mark, '');
  }
  const file = `${app.name}.env`;
  writeFileSync(
    join(scratch, file),
    Object.entries(env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const runtime = app.runtime === undefined ? [] : ['--today', app.runtime];
  const own = [...ON, ...runtime, ...app.tried.args];
  const args = [
    'try',
    folder,
    '--json',
    ...own,
    ...(Object.keys(env).length > 0 ? ['--env-file', file] : []),
  ];
  const ran = await execa(process.execPath, [cli, ...args], {
    cwd: scratch,
    reject: false,
    timeout: 600_000,
  });
  const document = JSON.parse(ran.stdout || 'null') as
    | Try
    | { schema: 'migrate/error'; message: string }
    | null;
  const base = { date: today, command: `migrate try ${own.join(' ')}` };
  if (document === null || document.schema === 'migrate/error')
    return {
      ...{ ...base, asked: 0, rows: { start: 0, of: 0 } },
      reason: (
        document?.message ??
        (ran.timedOut ? 'it had not ended after ten minutes' : ran.stderr || 'nothing was said')
      )
        .replaceAll(folder, '.')
        .split('\n')[0],
    };
  const starting = document.ways.filter(({ failed }) => failed === null).length;
  const { asked } = document.requests;
  const [baseline] = document.ways;
  const reason = baseline?.failed ?? (asked === 0 ? 'no request could be made from its routes' : undefined);
  return {
    ...{ ...base, asked, rows: { start: starting, of: document.ways.length } },
    ...(reason !== undefined && { reason }),
  };
}
