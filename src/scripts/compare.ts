import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { Inventory, Script } from '../model/inventory.ts';
import type { ProvisionedRuntime } from '../model/runtime.ts';
import type { ComparedScript, ScriptComparison } from '../model/scripts.ts';
import type { TryRuntime } from '../model/try.ts';
import { entryFile } from '../plan/project.ts';
import { onBun } from '../plan/scripts/command.ts';
import { around, kept } from '../plan/scripts/items.ts';
import { readScriptRules, type ScriptRules } from '../plan/table.ts';
import { parseSpec, provisionRuntime } from '../runtimes/index.ts';
import { isolatedCopy, runCommand } from '../shadow/index.ts';
import { sourcesDigest } from '../workspace/evidence/script-comparisons.ts';
import { identityOf } from '../workspace/identity.ts';
import type { Repository } from '../workspace/repository.ts';
import { notRun } from './choose.ts';
import { nodePrograms } from './installed.ts';
import { judge, unusable } from './judge.ts';
import { type Done, runScript } from './run.ts';
import { type SideCopy, sideCopy } from './side.ts';
import { testReport } from './tests.ts';

export interface CompareOptions {
  /** The user's repository, which is only read. */
  repository: Repository;
  inventory: Inventory;
  /** Scripts that were asked for; empty: all that end by themselves. */
  names: readonly string[];
  /** `node@22`: what the scripts run on today. */
  today: string;
  /** `bun@1.4`. */
  bun: string;
  /** Programs with arguments, run once in the copy first. */
  setup: readonly (readonly [string, ...string[]])[];
  env: Readonly<Record<string, string>>;
  /** For one script. */
  timeoutMs: number;
  tool: string;
  signal: AbortSignal;
  progress(text: string | null): void;
  notice(text: string): void;
}

interface Sides {
  today: SideCopy;
  bun: SideCopy;
}

/**
 * Runs scripts of package.json in two copies, on Node through npm and on Bun as they would be written, and compares
 * what they did.
 *
 * @throws MigrateError NO_SCRIPT (exit code 2), NO_SHELL (exit code 3), and of runtimes that cannot be had (exit code 3)
 */
export async function compareScripts(options: CompareOptions): Promise<ScriptComparison> {
  const { repository, inventory, names, signal, progress } = options;
  if (process.platform === 'win32')
    throw new MigrateError(
      'NO_SHELL',
      'Scripts are compared in a POSIX shell, which Windows does not have.',
      {
        hint: 'Run it on Linux or macOS, or in WSL.',
        exitCode: ExitCode.precondition,
      },
    );
  const started = performance.now();
  const scripts = inventory.scripts.filter(({ manifest }) => manifest === 'package.json');
  const unknown = names.find((name) => !scripts.some((script) => script.name === name));
  if (unknown !== undefined || scripts.length === 0) throw noScript(unknown, scripts);
  const provision = async (spec: string) =>
    provisionRuntime(await parseSpec(spec), { signal, progress, notice: options.notice });
  const [node, bun] = [await provision(options.today), await provision(options.bun)];
  const scratch = await mkdtemp(join(tmpdir(), `migrate-scripts-${process.pid}-`));
  try {
    progress('copying the repository');
    const reference = await isolatedCopy(repository.root, join(scratch, 'reference'), signal);
    const rules = readScriptRules();
    const becomes = textsOnBun(scripts, inventory, nodePrograms(reference), rules);
    const programs = { node: node.binary, bun: bun.binary };
    const side = (name: string, texts: ReadonlyMap<string, string>) =>
      sideCopy(reference, join(scratch, name), programs, texts, signal);
    for (const command of options.setup) await runCommand('--setup', command, reference, signal);
    progress('copying the installed packages');
    const sides = { today: await side('today', new Map()), bun: await side('bun', becomes) };
    const compared: ComparedScript[] = [];
    for (const script of scripts) {
      const reason = notRun(script, inventory, new Set(names));
      const base = {
        ...{ name: script.name, location: script.location, command: script.command },
        becomes: becomes.get(script.name) ?? script.command,
        stays: kept(script, useOf(script, inventory), entryFile(inventory), rules)[0]?.sentence ?? null,
      };
      compared.push(
        reason === null
          ? { ...base, ...(await compareOne(script, sides, commandsOf(scripts, becomes), options)) }
          : { ...base, ...none(reason) },
      );
    }
    const madeAt = new Date();
    return {
      ...{ schema: 'migrate/scripts', version: 1, id: idOf(madeAt), madeAt: madeAt.toISOString() },
      ...{ durationMs: Math.round(performance.now() - started), tool: options.tool },
      machine: { platform: `${process.platform} ${process.arch}`, cores: availableParallelism() },
      runtimes: {
        today: identity(options.today, node),
        npm: (await execa('npm', ['--version'], { reject: false })).stdout,
        bun: identity(options.bun, bun),
      },
      identity: await identityOf(repository),
      sources: await sourcesDigest(repository),
      scripts: compared,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What every script would be on Bun; those that start the application stay, as does what watches. */
function textsOnBun(
  scripts: readonly Script[],
  inventory: Inventory,
  installed: ReadonlySet<string>,
  rules: ScriptRules,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const script of scripts) {
    if (script.kind === 'production' || script.kind === 'dev') continue;
    const beside = around(script, useOf(script, inventory), inventory);
    const text = onBun(script, { ...beside, installed }, rules);
    if (text !== script.command) texts.set(script.name, text);
  }
  return texts;
}

const useOf = ({ manifest, name }: Script, { scriptUses }: Inventory) =>
  scriptUses.find((one) => one.manifest === manifest && one.name === name);

const commandsOf = (scripts: readonly Script[], becomes: ReadonlyMap<string, string>): Set<string> =>
  new Set([...scripts.map(({ command }) => command), ...becomes.values()]);

const none = (reason: string) => ({
  ...{ outcome: 'none' as const, reason, differences: [], notes: [], today: null, bun: null },
});

async function compareOne(
  { name, command }: Script,
  sides: Sides,
  commands: ReadonlySet<string>,
  options: CompareOptions,
): Promise<Pick<ComparedScript, 'outcome' | 'reason' | 'differences' | 'notes' | 'today' | 'bun'>> {
  const { env, timeoutMs, signal, progress } = options;
  const on = (side: 'today' | 'bun'): Promise<Done> => {
    progress(`${name}: ${side === 'today' ? 'today' : 'on Bun'}`);
    return runScript({
      ...{ side: sides[side], runner: side === 'today' ? 'npm' : 'bun', name, env, timeoutMs, signal },
      ...{ tests: testReport(command), commands },
    });
  };
  const today = await on('today');
  const against = unusable(today);
  if (against !== null) return { ...none(against), today: today.run };
  const bun = await on('bun');
  const isTest = testReport(command) !== null;
  const first = judge(today, bun, isTest, null);
  const passing = first.differences.some(({ kind }) => kind === 'output' || kind === 'files');
  const verdict = passing ? judge(today, bun, isTest, await on('today')) : first;
  return { ...verdict, today: today.run, bun: bun.run };
}

const identity = (spec: string, { version, platform }: ProvisionedRuntime): TryRuntime => ({
  ...{ spec, version, platform, name: spec.split('@')[0] ?? spec },
});

/** Sorts by time, and can be a file's name. */
const idOf = (at: Date): string => at.toISOString().replace(/[:.]/g, '-');

const noScript = (name: string | undefined, scripts: readonly Script[]): MigrateError =>
  scripts.length === 0
    ? new MigrateError('NO_SCRIPT', 'package.json has no scripts.', { exitCode: ExitCode.precondition })
    : new MigrateError('NO_SCRIPT', `package.json has no script "${name}".`, {
        hint: `There are: ${scripts.map((script) => script.name).join(', ')}.`,
        exitCode: ExitCode.usage,
      });
