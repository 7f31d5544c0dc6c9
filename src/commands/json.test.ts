import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ChangeSet } from '../model/changeset.ts';
import {
  ChangesDocument,
  CodemodDocument,
  CodemodsDocument,
  ErrorDocument,
  InstalledDocument,
  ProbeRuntimesDocument,
  RuntimesDocument,
} from '../model/documents.ts';
import { Inventory } from '../model/inventory.ts';
import { Plan } from '../model/plan.ts';
import { JournalEntry } from '../model/state.ts';
import { RepositoryStatus } from '../model/status.ts';
import { RunReport } from '../model/verdict.ts';
import type { Io } from '../report/io.ts';
import { recordingIo } from '../testing/io.ts';
import { discover } from '../workspace/discover.ts';
import type { CommandFile } from './command.ts';
import { main } from './main.ts';

let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-json-')));
  const request = { method: 'GET', url: 'http://localhost/hello', headers: [] };
  const response = { status: 200, statusText: 'OK', headers: [], content: {} };
  const files = {
    'package.json': '{"name":"shop","main":"app.js","dependencies":{"express":"4.22.3"}}',
    'app.js':
      "const app = require('express')();\napp.get('/hello', (req, res) => res.json({}));\napp.listen(3000);\n",
    'server.js':
      "require('http').createServer((q, s) => s.end('{}')).listen(process.env.PORT, '127.0.0.1');\n",
    'traffic.har': JSON.stringify({ log: { version: '1.2', entries: [{ request, response }] } }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'x');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function migrate(args: string[]) {
  const { io, printed } = recordingIo(root);
  return { code: await main(args, io), ...printed };
}

const SHADOW = ['shadow', 'run', '--old', 'node:.', '--new', 'node:.', '--traffic', 'traffic.har'];

describe('--json prints one document of its schema on stdout and nothing else', () => {
  // In this order: what is undone was written before.
  it.each<[string[], z.ZodType, number?]>([
    [['inventory'], Inventory],
    [['plan', '--target', 'bun'], Plan],
    [['status'], RepositoryStatus],
    [['codemod', 'list'], CodemodsDocument],
    [['codemod', 'show', 'express-to-hono'], CodemodDocument],
    [['codemod', 'run', 'express-to-hono', '--write', '--allow-dirty'], ChangeSet],
    [['undo', '--list'], ChangesDocument],
    [['undo'], JournalEntry],
    [['runtimes', '--offline'], RuntimesDocument],
    [['runtimes', 'install', 'node'], InstalledDocument],
    [['probe', 'runtimes', '--runtime', 'node@22', '--only', 'path', '--check'], ProbeRuntimesDocument],
    [['probe', 'runtimes', '--only', 'wat'], ErrorDocument, 2],
    [['probe', 'deps', '--redis', 'redis://10.1.2.3'], ErrorDocument, 2],
    [[...SHADOW, '--old-entry', 'server.js', '--new-entry', 'server.js', '--min-coverage', '0'], RunReport],
    [['plan'], ErrorDocument, 5],
    [['undo'], ErrorDocument, 3],
    [['inventory', '--wat'], ErrorDocument, 2],
    [['wat'], ErrorDocument, 2],
    [['shadow', 'run'], ErrorDocument, 2],
    [['codemod', 'run', 'wat'], ErrorDocument, 2],
  ])('%j', async (args, schema, code = 0) => {
    const ran = await migrate([...args, '--json']);
    expect([ran.code, ran.out, ran.documents.length]).toEqual([code, [], 1]);
    const parsed = schema.safeParse(ran.documents[0]);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(ran.documents[0]).toMatchObject({ schema: expect.stringMatching(/^migrate\//), version: 1 });
    if (schema === ErrorDocument) expect(ran.documents[0]).toMatchObject({ exitCode: code });
  });
});

describe('--help', () => {
  it('has examples and exit codes for every command, also for those that only hold others', async () => {
    const program = new Command('migrate');
    const io = { line: () => {}, note: () => {} } as unknown as Io;
    for (const file of await discover<CommandFile | undefined>(new URL('./entries/', import.meta.url)))
      file?.register(program, io, async () => {});
    const paths = (command: Command): string[][] =>
      command.commands.flatMap((child) => [
        [child.name()],
        ...paths(child).map((rest) => [child.name(), ...rest]),
      ]);
    const all = [[], ...paths(program)];
    expect(all).not.toHaveLength(0);
    for (const path of all) {
      const { code, out } = await migrate([...path, '--help']);
      const help = out.join('\n');
      expect([path, code, /\nExamples\n/.test(help), /\nExit codes/.test(help)]).toEqual([
        path,
        0,
        true,
        true,
      ]);
    }
  });
});
