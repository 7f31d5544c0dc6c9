import { subject } from '../contract.ts';
import { event, first, same } from '../inside/seen.ts';

type ChildProcess = typeof import('node:child_process');

/** A program that echoes what its parent sends. It is CommonJS and stands in the scratch folder. */
const CHILD = "process.on('message', (text) => { process.send('child ' + text, () => process.exit(3)); });\n";

async function child(scratch: string): Promise<string> {
  const { writeFileSync } = await import('node:fs');
  const file = `${scratch}/child.cjs`;
  writeFileSync(file, CHILD);
  return file;
}

export default subject<ChildProcess>('child_process', {
  spawn: async ({ spawn }) => {
    const echo = spawn('cat', [], { stdio: 'pipe' });
    let text = '';
    echo.stdout.on('data', (part) => {
      text += part;
    });
    echo.stdin.end('through');
    const [code] = await event(echo, 'close');
    return same([text, code], ['through', 0]);
  },
  'spawn detached': async ({ spawn }) => {
    const own = spawn('sleep', ['0'], { stdio: 'ignore', detached: true });
    own.unref();
    const [code] = await event(own, 'exit');
    return same(code, 0);
  },
  'spawn signal': async ({ spawn }) => {
    const own = spawn('sleep', ['20'], { stdio: 'ignore' });
    own.kill('SIGTERM');
    return same(await event(own, 'exit'), [null, 'SIGTERM']);
  },
  exec: async ({ exec }) => {
    const text = await new Promise((done, fail) => {
      exec('echo $PROBED', { env: { PROBED: 'yes', PATH: process.env.PATH } }, (error, out) =>
        error ? fail(error) : done(out),
      );
    });
    return same(text, 'yes\n');
  },
  execFile: async ({ execFile }) => {
    const text = await new Promise((done, fail) => {
      execFile('echo', ['a b'], (error, out) => (error ? fail(error) : done(out)));
    });
    return same(text, 'a b\n');
  },
  execSync: ({ execSync }) => same(execSync('echo a', { encoding: 'utf8' }), 'a\n'),
  execFileSync: ({ execFileSync }) => same(execFileSync('echo', ['a'], { encoding: 'utf8' }), 'a\n'),
  spawnSync: ({ spawnSync }) => {
    const { status, stderr } = spawnSync('sh', ['-c', 'echo no >&2; exit 4'], { encoding: 'utf8' });
    return same([status, stderr], [4, 'no\n']);
  },
  fork: async ({ fork }, { scratch }) => {
    const own = fork(await child(scratch), [], { stdio: 'ignore' });
    const answer = event(own, 'message');
    const end = event(own, 'exit');
    own.send('hello');
    const [text] = await answer;
    const [code] = await end;
    return same([text, code], ['child hello', 3]);
  },
  'fork serialization:advanced': async ({ fork }, { scratch }) => {
    const { writeFileSync } = await import('node:fs');
    const file = `${scratch}/advanced.cjs`;
    writeFileSync(file, "process.on('message', (m) => process.send(m, () => process.exit(0)));\n");
    const own = fork(file, [], { stdio: 'ignore', serialization: 'advanced' });
    own.send(new Map([['a', 1]]));
    const [back] = await event(own, 'message');
    return first(same(back instanceof Map, true));
  },
});
