import { invocations } from '../../../workspace/command-line.ts';
import { argumentsOf } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look, valueIn } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Programs that belong to a Node installation; images of other runtimes have none of them. */
const OF_NODE = new Set(['node', 'npm', 'npx', 'yarn', 'pnpm', 'corepack', 'tsx', 'ts-node', 'nodemon']);
const STARTS = /^(?:promises\.)?(spawn|spawnSync|exec|execSync|execFile|execFileSync)\.\(\)$/;
/** Packages that run programs, by what is called. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  execa: ['()', 'execa.()', 'execaCommand.()', 'execaSync.()', 'execaCommandSync.()'],
  'cross-spawn': ['()', 'spawn.()', 'sync.()', 'spawn.sync.()'],
  shelljs: ['exec.()'],
};
/** Packages that run worker threads of their own. */
const POOLS: Readonly<Record<string, readonly string[]>> = {
  piscina: ['new', 'Piscina.new'],
  tinypool: ['new', 'Tinypool.new'],
  workerpool: ['pool.()'],
  'jest-worker': ['Worker.new'],
};

const rule: SourceRule = {
  id: 'children',
  kinds: ['child-of-node', 'child-program', 'worker-limits', 'worker-pool', 'cluster-fork'],
  words:
    /["'`](?:node:)?(?:child_process|cluster|worker_threads)["'`]|["'`](?:execa|cross-spawn|shelljs|piscina|tinypool|workerpool|jest-worker)["'`]/,
  visit: { CallExpression: started, NewExpression: started },
};

function started(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  const { from, path } = named;
  const start = from === 'child_process' ? STARTS.exec(path)?.[1] : undefined;
  if (start || RUNNERS[from]?.includes(path))
    noteProgram(node, look, /^exec(Sync)?$|exec\.\(\)|Command/.test(start ?? path));
  if (from === 'child_process' && path === 'fork.()') look.note('child-of-node', 'fork', node);
  if (from === 'cluster' && /^(?:fork|setupPrimary|setupMaster)\.\(\)$/.test(path))
    look.note('cluster-fork', `cluster.${path.replace('.()', '')}`, node);
  if (
    from === 'worker_threads' &&
    path === 'Worker.new' &&
    look.property(argument(node, 1), 'resourceLimits') !== null
  )
    look.note('worker-limits', 'resourceLimits', node);
  if (POOLS[from]?.includes(path)) look.note('worker-pool', from, node);
}

/** The program of a call: its first argument, a command line where a shell reads it. */
function noteProgram(node: SyntaxNode, look: Look, isLine: boolean): void {
  const first = look.heldBy(argument(node, 0));
  const path = look.named(first);
  if (path && (path.path === 'process.execPath' || (path.from === 'process' && path.path === 'execPath'))) {
    look.note('child-of-node', 'process.execPath', node);
    return;
  }
  const text = look.textOf(first) ?? headOf(first);
  if (text === null) {
    look.note('child-program', 'a program that is not written out', node);
    return;
  }
  const options = argumentsOf(node).map((each) => look.property(each, 'shell'));
  const isShell = options.some((each) => valueIn(each)?.value === true);
  const programs =
    isLine || isShell ? invocations(text).map(({ program }) => program) : [text.replace(/^.*\//, '')];
  for (const program of new Set(programs.filter((each) => /^[\w.@-]+$/.test(each))))
    look.note(OF_NODE.has(program) ? 'child-of-node' : 'child-program', program, node);
}

/** The text that a template or sum begins with, as far as it names a program: `git log ${ref}`. */
function headOf(node: SyntaxNode | null): string | null {
  if (node?.type === 'TemplateLiteral') {
    const [first] = node.quasis as { value?: { cooked?: string } }[];
    const text = first?.value?.cooked ?? '';
    return /^\S+\s/.test(text) ? text : null;
  }
  if (node?.type === 'BinaryExpression' && node.operator === '+') {
    const left = node.left as SyntaxNode;
    const text = typeof left.value === 'string' ? left.value : headOf(left);
    return text !== null && /^\S+\s/.test(text) ? text : null;
  }
  return null;
}

export default rule;
