import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

/** One of the programs that are measured side by side. */
export interface Tool {
  name: string;
  /** What it does with the files, for the table. */
  work: string;
  command: string;
  args: readonly string[];
  /** Takes half a minute a run: measured after the others, fewer times. */
  slow?: boolean;
  /** How many places or files it reports in its own output; none means that it did not do its work. */
  found(output: string): number;
}

/** Version of ast-grep that is measured; not a dependency, installed beside the runtimes in `.cache`. */
const AST_GREP = '0.51.1';

const RULES: readonly (readonly [pattern: string, fix: string])[] = [
  ["require('express')", "require('hono')"],
  ['res.json($BODY)', 'return c.json($BODY)'],
  ['res.status($CODE).json($BODY)', 'return c.json($BODY, $CODE)'],
];

/** The same three rewrites, none of which looks at what `res` is, as a jscodeshift transform. */
const TRANSFORM = `
module.exports = function transform(file, { jscodeshift: j }) {
  const root = j(file.source);
  const call = (object, property) => ({ callee: { type: 'MemberExpression', object, property: { name: property } } });
  root.find(j.CallExpression, { callee: { name: 'require' }, arguments: [{ value: 'express' }] })
    .forEach((path) => { path.node.arguments = [j.literal('hono')]; });
  const answer = (path, args) => {
    const made = j.callExpression(j.memberExpression(j.identifier('c'), j.identifier('json')), args);
    if (path.parent.node.type === 'ExpressionStatement') path.parent.replace(j.returnStatement(made));
    else path.replace(made);
  };
  root.find(j.CallExpression, call({ name: 'res' }, 'json')).forEach((path) => answer(path, path.node.arguments));
  root.find(j.CallExpression, call({ type: 'CallExpression', ...call({ name: 'res' }, 'status') }, 'json'))
    .forEach((path) => answer(path, [...path.node.arguments, ...path.node.callee.object.arguments]));
  return root.toSource();
};
`;

/**
 * The programs, ready to run in the repository to be changed; none of them writes.
 *
 * @param root this repository, built
 * @param scratch folder for their rules
 */
export async function tools(root: string, scratch: string): Promise<Tool[]> {
  const transform = join(scratch, 'transform.cjs');
  writeFileSync(transform, TRANSFORM);
  const astGrep = await installAstGrep(root);
  const few = rulesFile(scratch, ['JavaScript']);
  const all = rulesFile(scratch, ['JavaScript', 'TypeScript', 'Tsx']);
  const matches = (output: string) =>
    output.split('\n').filter((line) => line.includes('return c.json')).length;
  const scan = (rules: string): Pick<Tool, 'command' | 'args' | 'found'> => ({
    ...{ command: astGrep, args: ['scan', '--rule', rules, '.'], found: matches },
  });
  return [
    {
      name: '`migrate codemod run express-to-hono`',
      work: 'the whole conversion, as a diff',
      command: process.execPath,
      args: [join(root, 'dist', 'src', 'cli.js'), 'codemod', 'run', 'express-to-hono'],
      found: (output) => Number(/· ([\d,]+) changed/.exec(output)?.[1]?.replaceAll(',', '') ?? 0),
    },
    { name: `ast-grep ${AST_GREP}`, work: 'three patterns, `.js` and `.mjs` only', ...scan(few) },
    { name: `ast-grep ${AST_GREP}`, work: 'the same patterns, `.ts` and `.tsx` too', ...scan(all) },
    {
      name: `jscodeshift ${await versionOf(root, 'jscodeshift')}`,
      work: 'a transform of the same three rewrites, `--dry`',
      command: process.execPath,
      args: [
        join(root, 'node_modules', 'jscodeshift', 'bin', 'jscodeshift.js'),
        ...['--dry', '--extensions=js,mjs,ts,tsx', '--parser=tsx', '-t', transform, '.'],
      ],
      slow: true,
      found: (output) => Number(/(\d+) ok/.exec(output)?.[1] ?? 0),
    },
    {
      name: 'grep',
      work: '`grep -rlw express`: reading alone',
      command: 'grep',
      args: ['-rlw', 'express', '.'],
      found: (output) => output.split('\n').filter(Boolean).length,
    },
  ];
}

function rulesFile(scratch: string, languages: readonly string[]): string {
  const rules = languages.flatMap((language) =>
    RULES.map(
      ([pattern, fix], index) =>
        `id: ${language}-${index}\nlanguage: ${language}\nrule: { pattern: "${pattern}" }\nfix: "${fix}"\n`,
    ),
  );
  const file = join(scratch, `rules-${languages.length}.yml`);
  writeFileSync(file, rules.join('---\n'));
  return file;
}

/** The program itself, out of the package for this platform: its launcher comes only through an install script. */
async function installAstGrep(root: string): Promise<string> {
  const folder = join(root, '.cache', 'bench-tools', `ast-grep-${AST_GREP}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await execa('npm', [...args, `@ast-grep/cli@${AST_GREP}`], { cwd: folder });
  const packages = join(folder, 'node_modules', '@ast-grep');
  const own = readdirSync(packages).find((name) => name.startsWith('cli-'));
  if (own === undefined) throw new Error(`@ast-grep/cli ${AST_GREP} has no package for this platform.`);
  return join(packages, own, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
}

async function versionOf(root: string, name: string): Promise<string> {
  const { stdout } = await execa(process.execPath, ['-p', `require('${name}/package.json').version`], {
    cwd: root,
  });
  return stdout;
}
