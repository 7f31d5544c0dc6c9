import { at } from '../model/at.ts';
import type { Inventory, Script, ScriptUse } from '../model/inventory.ts';
import type { Reason, StageItem } from '../model/plan.ts';
import { incompatibilities } from './incompatibilities.ts';
import { entryFile } from './project.ts';
import { managerObjections, onBun } from './script-command.ts';
import { scriptSubjects } from './subjects.ts';
import type { Incompatibilities, ScriptRules } from './table.ts';
import { defaultSpec } from './targets.ts';

interface Judged {
  script: Script;
  use: ScriptUse | undefined;
  against: Reason[];
}

/** Each package script, whether it can run on Bun without production noticing, and what to write instead. */
export function scriptItems(inventory: Inventory, rules: ScriptRules, table: Incompatibilities): StageItem[] {
  const entry = entryFile(inventory);
  const key = ({ manifest, name }: Pick<Script, 'manifest' | 'name'>) => `${manifest} ${name}`;
  const uses = new Map(inventory.scriptUses.map((use) => [key(use), use]));
  const judged = new Map<string, Judged>();
  for (const script of inventory.scripts) {
    const use = uses.get(key(script));
    const against = objections(script, use, entry, rules);
    if (against.length === 0 && use) against.push(...known(use, inventory, table));
    judged.set(key(script), { script, use, against });
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
  return [...judged.values()].map(({ script, use, against }) => {
    const moves = against.length === 0;
    return {
      name: script.manifest === 'package.json' ? script.name : `${script.manifest}: ${script.name}`,
      location: script.location,
      moves,
      reasons: moves ? favour(script, use, rules) : against,
      ...(moves && { becomes: onBun(script, use?.nodePrograms ?? [], rules) }),
    };
  });
}

const reason = (sentence: string, script: Script, rules: ScriptRules): Reason => ({
  sentence,
  location: script.location,
  known: 'table',
  source: rules.source,
  asOf: rules.asOf,
});

/** Why a script stays on Node, by its command and by what it starts; empty when nothing of that keeps it. */
function objections(script: Script, use: ScriptUse | undefined, entry: string, rules: ScriptRules): Reason[] {
  const say = (sentence: string) => reason(sentence, script, rules);
  if (script.kind === 'production') return [say('it starts the application; that is the full switch')];
  const other = 'which would then run on another runtime than in production';
  if (script.files.includes(entry)) return [say(`it starts the application, ${other}`)];
  if (use?.listens && script.kind !== 'test')
    return [{ ...say(`it starts a server (${at(use.listens)}), ${other}`), location: use.listens }];
  if (script.kind === 'dev') return [say(`it runs the application during development, ${other}`)];
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

/** What the table knows to fail on Bun of all that is behind a script. */
function known(use: ScriptUse, inventory: Inventory, table: Incompatibilities): Reason[] {
  const bun = { name: 'bun' as const, spec: defaultSpec('bun') };
  return incompatibilities(table, bun, scriptSubjects(use, inventory), { each: true })
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
