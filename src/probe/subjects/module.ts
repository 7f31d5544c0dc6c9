import { subject } from '../contract.ts';
import { happens, same } from '../inside/seen.ts';

type Hooks = { deregister(): void };
type Loads = { _load(...args: unknown[]): unknown };
type Module = typeof import('node:module') & {
  default: Loads;
  registerHooks?: (hooks: object) => Hooks;
  stripTypeScriptTypes?: (text: string) => string;
  enableCompileCache?: (folder: string) => { status: number };
  findPackageJSON?: (name: string, base: string) => string | undefined;
};

async function written(scratch: string, name: string, text: string): Promise<string> {
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${scratch}/${name}`, text);
  return `${scratch}/${name}`;
}

export default subject<Module>('module', {
  'createRequire file': async ({ createRequire }, { scratch }) => {
    const file = await written(
      scratch,
      'required.cjs',
      'module.exports = { own: __filename.endsWith("required.cjs") };\n',
    );
    return same(createRequire(file)(file), { own: true });
  },
  createRequire: ({ createRequire }) => same(createRequire('/')('node:path').basename('/a/b'), 'b'),
  builtinModules: ({ builtinModules }) => same(builtinModules.includes('fs'), true),
  isBuiltin: ({ isBuiltin }) => same([isBuiltin('node:fs'), isBuiltin('wat')], [true, false]),
  _load: async ({ default: Module, createRequire }, { scratch }) => {
    const own = Module;
    const before = own._load;
    let calls = 0;
    own._load = function (...args) {
      calls++;
      return before.apply(this, args);
    };
    const file = await written(scratch, 'patched.cjs', "require('path');\nmodule.exports = 1;\n");
    createRequire(file)(file);
    own._load = before;
    return happens(calls > 0, 'a function put in its place is not called');
  },
  '_load require.extensions': async ({ createRequire }, { scratch }) => {
    const require = createRequire(`${scratch}/x.cjs`);
    require.extensions['.probe'] = (module) => {
      module.exports = 'by the extension';
    };
    return same(require(await written(scratch, 'own.probe', '')), 'by the extension');
  },
  register: async ({ register }, { scratch }) => {
    const hooks = await written(
      scratch,
      'hooks.mjs',
      "export const resolve = (name, context, next) => name === 'probe:own' ? { url: 'data:text/javascript,export default 5', shortCircuit: true } : next(name, context);\n",
    );
    register(new URL(`file://${hooks}`));
    const name = 'probe:own';
    return same((await import(name)).default, 5);
  },
  registerHooks: async ({ registerHooks, createRequire }, { scratch }) => {
    const target = await written(scratch, 'hooked.cjs', 'module.exports = 6;\n');
    const hooks = registerHooks?.({
      resolve: (name: string, context: unknown, next: (name: string, context: unknown) => unknown) =>
        name === 'probe-own'
          ? { url: `file://${target}`, format: 'commonjs', shortCircuit: true }
          : next(name, context),
    });
    const found = createRequire(`${scratch}/x.cjs`)('probe-own');
    hooks?.deregister();
    return same(found, 6);
  },
  enableCompileCache: async ({ enableCompileCache }, { scratch }) => {
    const { status } = enableCompileCache?.(`${scratch}/compiled`) ?? { status: 0 };
    return happens(status === 1, `its status is ${status}`);
  },
  stripTypeScriptTypes: ({ stripTypeScriptTypes }) =>
    same(stripTypeScriptTypes?.('const a: number = 1;').replace(/\s+/g, ' '), 'const a = 1;'),
  syncBuiltinESMExports: async ({ syncBuiltinESMExports, createRequire }) => {
    const path = createRequire('/')('node:path') as { sep: string };
    const before = path.sep;
    path.sep = 'probed';
    syncBuiltinESMExports();
    const seen: string = (await import('node:path')).sep;
    path.sep = before;
    syncBuiltinESMExports();
    return happens(seen === 'probed', 'named imports keep the old value');
  },
  findPackageJSON: async ({ findPackageJSON }, { scratch }) => {
    await written(scratch, 'package.json', '{}');
    return same(findPackageJSON?.('.', `file://${scratch}/x.js`)?.endsWith('package.json'), true);
  },
});
