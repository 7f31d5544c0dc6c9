import { happens, nothing, otherwise, same } from '../inside/seen.ts';
import { printed, type StartedSubject } from './contract.ts';

/** Holds up to 400 MB of objects of the program's own, and says so. */
const HOLDS =
  'const all = []; for (let i = 0; i < 50; i++) all.push(Array.from({ length: 1e6 }, (_, n) => n + 0.5)); console.log("held " + all.length);\n';
const PRELOAD = {
  'before.cjs': 'globalThis.before = "loaded";\n',
  'before.mjs': 'globalThis.before = "loaded";\n',
};
const TELLS = 'console.log(globalThis.before);\n';

/** A module that only a loader knows is loaded. */
async function loads(start: Parameters<StartedSubject['checks'][string]>[0], flag: string) {
  const loader =
    "export const load = (url, context, next) => url === 'probe:x' ? { format: 'module', source: 'export default 4', shortCircuit: true } : next(url, context);\nexport const resolve = (name, context, next) => name === 'probe:x' ? { url: name, shortCircuit: true } : next(name, context);\n";
  const program = 'import("probe:x").then((m) => console.log(m.default), () => console.log("not found"));\n';
  const text = printed(
    await start({ flags: [flag, './loader.mjs'], files: { 'loader.mjs': loader }, program }),
  );
  return happens(text === '4', 'the loader is not asked');
}

/** Flags that are given to Node, and whether they do what they are for: that they are accepted says nothing. */
const flags: StartedSubject = {
  module: '(flags)',
  checks: {
    '--permission': async (start) => {
      const program =
        'try { require("fs").readFileSync("/etc/passwd"); console.log("read"); } catch (e) { console.log(e.code); }\n';
      const text = printed(await start({ flags: ['--permission', '--allow-fs-read=main.cjs'], program }));
      return text === 'read'
        ? nothing('/etc/passwd is read')
        : same(/ERR_ACCESS_DENIED|NotCapable|EACCES/.test(text), true);
    },
    '--max-old-space-size': async (start) => {
      const ended = await start({ flags: ['--max-old-space-size=100'], program: HOLDS });
      if (ended.stdout.includes('held')) return nothing('400 MB are held under a limit of 100 MB');
      return /heap out of memory|heap limit/i.test(ended.stderr)
        ? undefined
        : same(printed(ended), 'an end for want of memory');
    },
    '--require': async (start) =>
      same(
        printed(await start({ flags: ['--require', './before.cjs'], files: PRELOAD, program: TELLS })),
        'loaded',
      ),
    '--import': async (start) =>
      same(
        printed(await start({ flags: ['--import', './before.mjs'], files: PRELOAD, program: TELLS })),
        'loaded',
      ),
    '--experimental-loader': (start) => loads(start, '--experimental-loader'),
    '--loader': (start) => loads(start, '--loader'),
    '--expose-gc': async (start) =>
      happens(
        printed(await start({ flags: ['--expose-gc'], program: 'console.log(typeof gc);\n' })) === 'function',
        'there is no gc()',
      ),
    '--env-file': async (start) =>
      same(
        printed(
          await start({
            flags: ['--env-file=vars'],
            files: { vars: 'OWN=1\n' },
            program: 'console.log(process.env.OWN);\n',
          }),
        ),
        '1',
      ),
    '--conditions': async (start) => {
      const files = {
        'package.json': JSON.stringify({
          name: 'own',
          type: 'commonjs',
          exports: { '.': { probed: './a.cjs', default: './b.cjs' } },
        }),
        ...{ 'a.cjs': 'module.exports = "a";\n', 'b.cjs': 'module.exports = "b";\n' },
      };
      return happens(
        printed(
          await start({ flags: ['--conditions=probed'], files, program: 'console.log(require("own"));\n' }),
        ) === 'a',
        'the condition is not taken',
      );
    },
    '--stack-size': async (start) => {
      const program = 'let n = 0; const f = () => { n++; f(); }; try { f(); } catch {} console.log(n);\n';
      const [small, large] = [
        Number(printed(await start({ flags: ['--stack-size=200'], program }))),
        Number(printed(await start({ flags: ['--stack-size=900'], program }))),
      ];
      return happens(large > small * 2, 'the stack is as deep as without it');
    },
    '--enable-source-maps': async (start) => {
      const map = Buffer.from(
        JSON.stringify({ version: 3, sources: ['own.ts'], names: [], mappings: 'AAAA' }),
      ).toString('base64');
      const program = `try { throw new Error('x'); } catch (e) { console.log(e.stack.includes('own.ts')); }\n//# sourceMappingURL=data:application/json;base64,${map}\n`;
      return happens(
        printed(await start({ flags: ['--enable-source-maps'], program })) === 'true',
        'the stack does not name the source',
      );
    },
    '--unhandled-rejections': async (start) => {
      const program = 'Promise.reject(new Error("x")); setTimeout(() => console.log("goes on"), 50);\n';
      return same(printed(await start({ flags: ['--unhandled-rejections=warn'], program })), 'goes on');
    },
    '--disable-proto': async (start) =>
      happens(
        printed(
          await start({ flags: ['--disable-proto=delete'], program: 'console.log("__proto__" in {});\n' }),
        ) === 'false',
        '__proto__ is still there',
      ),
    '--frozen-intrinsics': async (start) =>
      happens(
        printed(
          await start({
            flags: ['--frozen-intrinsics'],
            program: 'console.log(Object.isFrozen(Array.prototype));\n',
          }),
        ) === 'true',
        'nothing is frozen',
      ),
    '--openssl-legacy-provider': async (start) => {
      const program =
        'console.log(require("crypto").createHash("md4").update("a").digest("hex").slice(0, 8));\n';
      return same(printed(await start({ flags: ['--openssl-legacy-provider'], program })), 'bde52cb3');
    },
    '--cpu-prof': async (start) => {
      const program =
        'process.on("exit", () => {}); let n = 0; for (let i = 0; i < 1e6; i++) n += i;\nconsole.log("ran");\n';
      printed(await start({ flags: ['--cpu-prof', '--cpu-prof-name=own.cpuprofile'], program }));
      const looks = 'console.log(require("fs").existsSync("own.cpuprofile"));\n';
      return happens(printed(await start({ program: looks })) === 'true', 'no profile is written');
    },
    '--heapsnapshot-signal': async (start) => {
      const program =
        'process.kill(process.pid, "SIGUSR2"); setTimeout(() => console.log(require("fs").readdirSync(".").some((f) => f.endsWith(".heapsnapshot"))), 500);\n';
      return happens(
        printed(await start({ flags: ['--heapsnapshot-signal=SIGUSR2'], program })) === 'true',
        'no snapshot is written',
      );
    },
    '--experimental-transform-types': async (start) => {
      const files = { 'own.ts': 'enum A { B = 7 }\nexport const own: number = A.B;\n' };
      const program = 'import("./own.ts").then((m) => console.log(m.own));\n';
      return same(printed(await start({ flags: ['--experimental-transform-types'], files, program })), '7');
    },
    '--no-warnings': async (start) => {
      const ended = await start({
        flags: ['--no-warnings'],
        program: 'process.emitWarning("probed"); console.log("ran");\n',
      });
      printed(ended);
      return ended.stderr.includes('probed') ? nothing('a warning is printed') : undefined;
    },
    '--trace-uncaught': async (start) => {
      const ended = await start({ flags: ['--trace-uncaught'], program: 'throw 5;\n' });
      return ended.stderr.includes('Thrown at:')
        ? undefined
        : ended.stderr.includes('5')
          ? nothing('where it was thrown is not printed')
          : otherwise('nothing is printed');
    },
  },
};
export default flags;
