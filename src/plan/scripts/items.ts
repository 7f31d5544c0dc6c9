import { posix } from 'node:path';
import { at } from '../../model/at.ts';
import type { Inventory, Script, ScriptUse } from '../../model/inventory.ts';
import type { Reason, StageItem } from '../../model/plan.ts';
import { withProbes } from '../../rules/probed.ts';
import type { Rule } from '../../rules/rule.ts';
import { scriptSubjects } from '../../rules/subjects.ts';
import { defaultSpec } from '../../rules/targets.ts';
import type { ScriptProof, ScriptProofs } from '../../workspace/evidence/script-comparisons.ts';
import { incompatibilities } from '../incompatibilities.ts';
import { entryFile } from '../project.ts';
import type { ScriptRules } from '../table.ts';
import { type Around, managerObjections, onBun } from './command.ts';

interface Judged {
  script: Script;
  use: ScriptUse | undefined;
  against: Reason[];
  proof: ScriptProof | undefined;
}

/**
 * Each package script, whether it can run on Bun without production noticing, and what to write instead.
 *
 * @param proofs what `migrate scripts compare` found here: it counts in place of what reading says of a script
 */
export function scriptItems(
  inventory: Inventory,
  rules: ScriptRules,
  ruleset: readonly Rule[],
  proofs: ScriptProofs | null = null,
): StageItem[] {
  const entry = entryFile(inventory);
  const key = ({ manifest, name }: Pick<Script, 'manifest' | 'name'>) => `${manifest} ${name}`;
  const uses = new Map(inventory.scriptUses.map((use) => [key(use), use]));
  const judged = new Map<string, Judged>();
  for (const script of inventory.scripts) {
    const use = uses.get(key(script));
    const proof = script.manifest === 'package.json' ? proofs?.of.get(script.name) : undefined;
    const against = kept(script, use, entry, rules);
    if (against.length === 0 && proof) against.push(...differences(proof, script));
    else if (against.length === 0) {
      against.push(...doubts(script, use, rules));
      if (against.length === 0 && use) against.push(...known(use, inventory, ruleset));
    }
    judged.set(key(script), { script, use, against, proof });
  }

  // A script that runs others moves only with them; chains settle after as many rounds as there are scripts.
  for (let changed = true; changed; ) {
    changed = false;
    for (const { script, against } of judged.values()) {
      const stays = script.calls.find(
        (name) => (judged.get(key({ ...script, name }))?.against.length ?? 0) > 0 && name !== script.name,
      );
      if (against.length === 0 && stays) {
        against.push(reason(`it runs ${stays}, which stays on Node`, script, rules));
        changed = true;
      }
    }
  }
  return [...judged.values()].map(({ script, use, against, proof }) => {
    const moves = against.length === 0;
    const becomes = proof?.script.becomes ?? onBun(script, around(script, use, inventory), rules);
    return {
      name: script.manifest === 'package.json' ? script.name : `${script.manifest}: ${script.name}`,
      location: script.location,
      moves,
      reasons: !moves ? against : proof ? [sameThere(proof, script)] : favour(script, use, rules),
      ...(moves && { becomes }),
    };
  });
}

/** What `onBun` needs to know beside the command. */
export const around = (
  { manifest }: Script,
  use: ScriptUse | undefined,
  { traits, scripts }: Inventory,
): Around => ({
  nodePrograms: use?.nodePrograms ?? [],
  environmentFiles: traits.some(
    ({ kind, name }) => kind === 'environment-file' && posix.dirname(name) === posix.dirname(manifest),
  ),
  scripts: scripts.filter((one) => one.manifest === manifest).map(({ name }) => name),
});

const reason = (sentence: string, script: Script, rules: ScriptRules): Reason => ({
  sentence,
  location: script.location,
  known: 'table',
  source: rules.source,
  asOf: rules.asOf,
});

/** Why a script stays on Node whatever it does on Bun: production, or who runs it, would notice. */
export function kept(
  script: Script,
  use: ScriptUse | undefined,
  entry: string,
  rules: ScriptRules,
): Reason[] {
  const say = (sentence: string) => reason(sentence, script, rules);
  if (script.kind === 'production') return [say('it starts the application; that is the full switch')];
  if (script.kind === 'lifecycle')
    return [say('the package manager runs it by itself, also where there is no Bun')];
  const other = 'which would then run on another runtime than in production';
  if (script.files.includes(entry)) return [say(`it starts the application, ${other}`)];
  if (use?.listens && script.kind !== 'test')
    return [{ ...say(`it starts a server (${at(use.listens)}), ${other}`), location: use.listens }];
  if (script.kind === 'dev') return [say(`it runs the application during development, ${other}`)];
  const runners = script.programs.flatMap((program) =>
    rules.programs.filter((one) => one.program === program),
  );
  return [...new Set(runners.filter(({ stays }) => stays).map((rule) => rule.reason))].map(say);
}

/** What the comparison found to be different; the same command that runs on Bun already is no move. */
function differences({ script: found, from }: ScriptProof, { location }: Script): Reason[] {
  return found.differences.map(({ sentence }) => probed(`compared on Bun: ${sentence}`, location, from));
}

function sameThere({ script: { bun, notes }, from }: ScriptProof, { location }: Script): Reason {
  const files = bun?.written.length ?? 0;
  const wrote = files > 0 ? `, the ${files === 1 ? 'file' : `${files} files`} it writes` : '';
  const beside = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  const sentence = `compared on Bun ${from.runtimes.bun.version}: the same exit code and output${wrote}${beside}`;
  return probed(sentence, location, from);
}

const probed = (
  sentence: string,
  location: Script['location'],
  { id, madeAt }: ScriptProof['from'],
): Reason => ({
  ...{
    sentence,
    location,
    known: 'probed',
    source: `migrate scripts compare ${id}`,
    asOf: madeAt.slice(0, 10),
  },
});

/** What reading a script leaves open, or knows to fail; a comparison answers it. */
function doubts(script: Script, use: ScriptUse | undefined, rules: ScriptRules): Reason[] {
  const say = (sentence: string) => reason(sentence, script, rules);
  const found: string[] = [];
  for (const flag of script.runtimeFlags) {
    const [name = flag] = flag.split(/[\s=]/);
    const rule =
      rules.flags.find((item) => item.flag === flag.replace('=', ' ')) ??
      rules.flags.find((item) => item.flag === name);
    // Bun takes any option and ignores what it does not know: that it starts says nothing.
    if (rule === undefined) found.push(`what ${flag} does was not measured on Bun`);
    else if (rule.becomes === null) found.push(rule.reason);
  }
  for (const program of script.programs) {
    const rule = rules.programs.find((item) => item.program === program);
    if (rule && rule.becomes === null) found.push(rule.reason);
  }
  if (use) found.push(...managerObjections(script, use));
  if (found.length > 0) return [...new Set(found)].map(say);
  const isKnown = script.programs.some((program) => rules.programs.some((rule) => rule.program === program));
  if (!isKnown && (use?.nodePrograms.length ?? 0) === 0) {
    const named = script.programs[0];
    return [
      say(
        named
          ? `${named} is a program of its own; what it gains on Bun was not measured`
          : 'it starts no JavaScript runtime',
      ),
    ];
  }
  return use?.unread ? [say(`not all that it runs was read: ${use.unread}`)] : [];
}

/** What the rules know to fail on Bun of all that is behind a script. */
function known(use: ScriptUse, inventory: Inventory, ruleset: readonly Rule[]): Reason[] {
  const bun = { name: 'bun' as const, spec: defaultSpec('bun') };
  return incompatibilities(withProbes(ruleset, bun), bun, scriptSubjects(use, inventory), { each: true })
    .filter(({ severity, stages }) => severity === 'blocks' && stages.includes('scripts-to-bun'))
    .map(({ sentence, location, known: how, source, asOf }) => ({
      ...{ sentence, location, known: how },
      ...(source && { source }),
      ...(asOf && { asOf }),
    }));
}

function favour(script: Script, use: ScriptUse | undefined, rules: ScriptRules): Reason[] {
  const programs = script.programs.flatMap(
    (program) => rules.programs.find((rule) => rule.program === program)?.reason ?? [],
  );
  const byPath = (use?.nodePrograms ?? []).map(
    (path) =>
      `${path} asks for Node in its first line, and \`bun run\` obeys; named after \`bun\` it runs on Bun`,
  );
  return [...new Set([...programs, ...byPath])].map((sentence) => reason(sentence, script, rules));
}
