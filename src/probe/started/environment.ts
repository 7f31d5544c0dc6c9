import { happens, nothing, otherwise, same } from '../inside/seen.ts';
import { printed, type StartedSubject } from './contract.ts';

const PRELOAD = { 'before.cjs': 'globalThis.before = "loaded";\n' };
const TELLS = 'console.log(globalThis.before);\n';
const HOLDS =
  'const all = []; for (let i = 0; i < 50; i++) all.push(Array.from({ length: 1e6 }, (_, n) => n + 0.5)); console.log("held " + all.length);\n';

/** What a runtime reads around a program that it starts. */
const environment: StartedSubject = {
  module: '(environment)',
  checks: {
    'NODE_OPTIONS --require': async (start) =>
      happens(
        printed(
          await start({ env: { NODE_OPTIONS: '--require ./before.cjs' }, files: PRELOAD, program: TELLS }),
        ) === 'loaded',
        'the module is not loaded, and nothing says so',
      ),
    'NODE_OPTIONS --import': async (start) =>
      happens(
        printed(
          await start({ env: { NODE_OPTIONS: '--import ./before.cjs' }, files: PRELOAD, program: TELLS }),
        ) === 'loaded',
        'the module is not loaded, and nothing says so',
      ),
    'NODE_OPTIONS --max-old-space-size': async (start) => {
      const ended = await start({ env: { NODE_OPTIONS: '--max-old-space-size=100' }, program: HOLDS });
      return ended.stdout.includes('held') ? nothing('400 MB are held under a limit of 100 MB') : undefined;
    },
    '.env': async (start) => {
      const text = printed(
        await start({ files: { '.env': 'OWN=1\n' }, program: 'console.log(process.env.OWN ?? "none");\n' }),
      );
      return text === '1' ? otherwise('it is read, without being asked for') : same(text, 'none');
    },
    TZ: async (start) =>
      same(
        printed(
          await start({ env: { TZ: 'Asia/Tokyo' }, program: 'console.log(new Date(0).getHours());\n' }),
        ),
        '9',
      ),
    NODE_EXTRA_CA_CERTS: async (start) => {
      const ended = await start({
        env: { NODE_EXTRA_CA_CERTS: 'own.pem' },
        files: await certificate(),
        program: SEALED,
      });
      return happens(printed(ended) === 'sealed', 'the certificate is not trusted');
    },
    NODE_PATH: async (start) =>
      happens(
        printed(
          await start({
            env: { NODE_PATH: '.' },
            files: { 'aside.js': 'module.exports = "found";\n', 'package.json': '{"type":"commonjs"}' },
            program: 'try { console.log(require("aside")); } catch { console.log("not found"); }\n',
          }),
        ) === 'found',
        'a module there is not found',
      ),
    'package.json without type': async (start) => {
      const files = { 'package.json': '{}', 'own.js': 'module.exports = "required";\n' };
      const program = 'console.log(require("./own.js"));\n';
      return same(printed(await start({ files, program, entry: 'main.js' })), 'required');
    },
  },
};

/** Asks its own sealed server by fetch. */
const SEALED = `const https = require('node:https');
const fs = require('node:fs');
const server = https.createServer({ key: fs.readFileSync('own.key'), cert: fs.readFileSync('own.pem') }, (q, s) => s.end('sealed'));
server.listen(0, '127.0.0.1', () => {
  fetch('https://localhost:' + server.address().port).then((r) => r.text(), (e) => String(e.cause && e.cause.code || e.code)).then((text) => { console.log(text); process.exit(0); });
});
`;

async function certificate(): Promise<Record<string, string>> {
  const { CERTIFICATE, PRIVATE_KEY } = await import('../inside/certificate.ts');
  return { 'own.pem': CERTIFICATE, 'own.key': PRIVATE_KEY };
}

export default environment;
