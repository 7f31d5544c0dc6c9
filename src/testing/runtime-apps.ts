import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Applications the runtime contract is tried on: the same behaviour for node:http and for a fetch handler. */
const HTTP_APP = `
import { createServer } from 'node:http';
console.log('app says hello');
console.error('app warns on stderr');
const events = (response, count) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let sent = 0;
  const timer = setInterval(() => {
    response.write('data: ' + sent++ + '\\n\\n');
    if (sent === count) { clearInterval(timer); response.end(); }
  }, 40);
  response.on('close', () => { clearInterval(timer); if (sent !== count) console.log('client went away'); });
};
createServer((request, response) => {
  if (request.url === '/sse') return events(response, 3);
  if (request.url === '/endless') return events(response, Infinity);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ path: request.url, given: process.env.GIVEN, secret: process.env.npm_config_test, dot: process.env.DOT }));
}).listen(Number(process.env.PORT), process.env.HOST);
`;

const FETCH_APP = `
console.log('app says hello');
console.error('app warns on stderr');
const events = (count) => {
  const encoder = new TextEncoder();
  let sent = 0;
  return new Response(new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      controller.enqueue(encoder.encode('data: ' + sent++ + '\\n\\n'));
      if (sent === count) controller.close();
    },
    cancel() { console.log('client went away'); },
  }), { headers: { 'content-type': 'text/event-stream' } });
};
export default { async fetch(request, env) {
  const { pathname } = new URL(request.url);
  if (pathname === '/sse') return events(3);
  if (pathname === '/endless') return events(Infinity);
  if (pathname === '/upload') {
    await env.UPLOADS.put('a.txt', request.body);
    return Response.json({ stored: await (await env.UPLOADS.get('a.txt')).text() });
  }
  return Response.json({ path: pathname, given: process.env.GIVEN, secret: process.env.npm_config_test, dot: process.env.DOT });
} };
`;

const GRACEFUL = `
process.on('SIGTERM', () => { console.log('closing in peace'); setTimeout(() => process.exit(0), 50); });
`;
const UNMOVED = `
process.on('SIGTERM', () => {});
`;
const FAMILY = `
import { spawn } from 'node:child_process';
console.log('child ' + spawn('sleep', ['1000'], { stdio: 'ignore' }).pid);
`;

/** A port the code names. Several runs of it are up at once, so it must have been moved. */
const OWN_PORT = '45871';
const SERVE = `
const answer = (request) => Response.json({ path: new URL(request.url).pathname });
SERVE;
`;

/** Every file of the applications, by path. */
const FILES: Record<string, string> = {
  'package.json': '{ "name": "contract-app", "version": "1.0.0", "type": "module", "main": "http.js" }\n',
  '.env': 'DOT=loaded\nGIVEN=not read: the environment has it\n',
  '.env.development': 'ONLY_DEVELOPMENT="secret\nNO_NAME=inside a value\n"\n',
  '.env.production': 'DOT=production\n',
  'http.js': HTTP_APP,
  'graceful.js': GRACEFUL + HTTP_APP,
  'unmoved.js': UNMOVED + HTTP_APP,
  'family.js': FAMILY + HTTP_APP,
  'fetch.js': FETCH_APP,
  'crash.js': "console.log('about to fall');\nthrow new Error('no database here');\nexport default {};\n",
  'deaf.js': "console.log('doing nothing');\nsetInterval(() => {}, 1000);\n",
  'own-port.js': HTTP_APP.replace('Number(process.env.PORT), process.env.HOST', OWN_PORT),
  'two-ports.js': `import { createServer as raw } from 'node:net';
raw(() => {}).listen({ port: 45872, host: '0.0.0.0' });
${HTTP_APP}`,
  'bun-serve.js': SERVE.replace('SERVE', `Bun.serve({ port: ${OWN_PORT}, fetch: answer })`),
  'bun-default.js': SERVE.replace('SERVE', `export default { port: ${OWN_PORT}, fetch: answer }`),
  'deno-serve.js': SERVE.replace('SERVE', `Deno.serve({ port: ${OWN_PORT} }, answer)`),
  // Loads its code in a process that does not know of us.
  'behind.js': `import { spawn } from 'node:child_process';
spawn(process.execPath, ['elsewhere.js'], { stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } });
`,
  'elsewhere.js': HTTP_APP.replace('Number(process.env.PORT)', '0'),
  'early-exit.js': "console.log('nothing to do');\nprocess.exit(0);\n",
};

/** An application whose start script names what it is started with. `../outside.env` stands beside it. */
export const scripted = (start: string): Record<string, string> => ({
  'app/package.json': JSON.stringify({ name: 'scripted', type: 'module', scripts: { start } }),
  'app/.env': 'DOT=automatic\n',
  'app/.env.named': 'DOT=named\n',
  'outside.env': 'OUTSIDE=1\n',
  'app/first.cjs': "process.env.FIRST = 'yes';\n",
  'app/http.js': HTTP_APP.replace(
    'dot: process.env.DOT',
    `env: [process.env.DOT, process.env.MODE_OF_IT,
    process.env.FIRST, process.env.OUTSIDE].join()`,
  ),
});

/** A folder of files that is removed by `remove`. */
export async function writeFolder(
  files: Record<string, string>,
): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'migrate-test-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export const writeContractApps = () => writeFolder(FILES);
