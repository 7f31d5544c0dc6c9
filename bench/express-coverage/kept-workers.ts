import { assembleParity } from '../../codemods/express-to-hono/parity/assemble.ts';
import { isIdentifier, memberName } from '../../src/workspace/syntax/nodes.ts';
import { parseFile } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { isSource } from '../../src/workspace/text.ts';
import type { CoverageCase } from './cases.ts';
import type { KeptCase } from './kept.ts';
import { exported, isExported } from './workers.ts';

/** Members that read or write files: a Worker has the files of its bundle only. */
const DISK = new Set([
  ...['static', 'sendFile', 'sendfile', 'download', 'render', 'diskStorage'],
  ...['createReadStream', 'readFile', 'readFileSync', 'readdir', 'readdirSync'],
]);

/** Packages that read files which lie beside their modules. */
const OWN_FILES = new Set(['errorhandler', 'swagger-ui-express']);

const HONO = `import { Hono } from 'hono';
const hono = new Hono();
hono.get('/beside-express/:name', (c) => c.text('hono ' + c.req.param('name')));
`;

/** The entry of a Worker around a case: with Hono beside it, or alone. */
const ENTRIES = {
  beside: (app: string) => `import { handleAsNodeRequest } from 'cloudflare:node';
import app from './${app}';
import { besideExpress, besideExpressInWorker } from './express-parity.mjs';
${HONO}
export default besideExpressInWorker(besideExpress(hono, app), handleAsNodeRequest);
`,
  alone: (app: string) => `import { createServer } from 'node:http';
import { handleAsNodeRequest } from 'cloudflare:node';
import app from './${app}';
const { port } = createServer(app).listen(0).address();
export default { fetch: (request) => handleAsNodeRequest(port, request) };
`,
};

/** A case as a Worker, its own files as they are; or in few words why it does not run there. */
export function keptForWorkers(one: CoverageCase, how: keyof typeof ENTRIES): KeptCase | { why: string } {
  const files = exported(one);
  if (!isExported(files, one)) return { why: 'no module exports the application' };
  const manifest = JSON.parse(files.get('package.json') ?? '{}');
  const disk = diskUse(files) ?? Object.keys(manifest.dependencies).find((name) => OWN_FILES.has(name));
  if (disk !== undefined) return { why: `needs a disk: ${disk}` };
  const { text, dependencies } = besideModule();
  const all = { ...manifest, dependencies: { ...manifest.dependencies, hono: '*', ...dependencies } };
  const tree = new Map([
    ...files,
    ['package.json', JSON.stringify(all)],
    ['express-parity.mjs', text],
    ['worker.mjs', ENTRIES[how](one.entry)],
    ['wrangler.json', JSON.stringify({ main: 'worker.mjs' })],
  ]);
  return { one, tree };
}

/** What a case does with files, by the name of a member or of the folder it stands in. */
function diskUse(files: ReadonlyMap<string, string>): string | undefined {
  for (const [path, text] of files) {
    if (!isSource(path)) continue;
    const { program } = parseFile(path, text);
    if (findAll(program, 'Identifier').some((node) => isIdentifier(node, '__dirname'))) return '__dirname';
    const members = findAll(program, 'MemberExpression').map(memberName);
    const found = members.find((name) => name !== null && DISK.has(name));
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

/** The part of the parity module that a kept application needs. */
export const besideModule = () =>
  assembleParity({
    ...{ names: ['besideExpress', 'besideExpressInWorker'], format: 'esm', typescript: false },
    expressVersion: 5,
  });
