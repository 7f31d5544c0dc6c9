import type { Inventory, Script } from '../model/inventory.ts';
import type { Reason, StageItem } from '../model/plan.ts';
import { entryFile } from './project.ts';
import type { ScriptRules } from './table.ts';

/** Each package script, whether it can run on Bun without production noticing, and what to write instead. */
export function scriptItems(inventory: Inventory, rules: ScriptRules): StageItem[] {
  const entry = entryFile(inventory);
  const verdicts = new Map<string, string[]>();
  const key = (script: Pick<Script, 'manifest' | 'name'>) => `${script.manifest} ${script.name}`;
  for (const script of inventory.scripts)
    verdicts.set(key(script), objections(script, entry, inventory, rules));

  // A script that runs others moves only with them; chains settle after as many rounds as there are scripts.
  for (let changed = true; changed; ) {
    changed = false;
    for (const script of inventory.scripts) {
      const own = verdicts.get(key(script)) ?? [];
      const stays = script.calls.find(
        (name) => (verdicts.get(key({ ...script, name })) ?? []).length > 0 && name !== script.name,
      );
      if (own.length === 0 && stays) {
        verdicts.set(key(script), [`it runs ${stays}, which stays on Node`]);
        changed = true;
      }
    }
  }
  return inventory.scripts.map((script) => {
    const against = verdicts.get(key(script)) ?? [];
    const moves = against.length === 0;
    const because = moves ? favour(script, rules) : against;
    return {
      name: script.manifest === 'package.json' ? script.name : `${script.manifest}: ${script.name}`,
      location: script.location,
      moves,
      reasons: because.map((sentence) => reason(sentence, script, rules)),
      ...(moves && { becomes: onBun(script, rules) }),
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

/** Why a script stays on Node; empty when it can move. */
function objections(script: Script, entry: string, inventory: Inventory, rules: ScriptRules): string[] {
  if (script.kind === 'production') return ['it starts the application; that is the full switch'];
  if (script.files.includes(entry)) {
    return ['it starts the application, which would then run on another runtime than in production'];
  }
  const found: string[] = [];
  for (const flag of script.runtimeFlags) {
    const rule = rules.flags.find((item) => item.flag === flag.split(/[\s=]/)[0]);
    if (rule && rule.becomes === null) found.push(rule.reason);
  }
  for (const program of script.programs) {
    const rule = rules.programs.find((item) => item.program === program);
    if (rule && rule.becomes === null) found.push(rule.reason);
  }
  if (found.length > 0) return [...new Set(found)];
  const known = script.programs.filter((program) => rules.programs.some((rule) => rule.program === program));
  if (known.length === 0) {
    const named = script.programs[0];
    return [
      named
        ? `${named} is a program of its own; what it gains on Bun was not measured`
        : 'it starts no JavaScript runtime',
    ];
  }
  for (const use of inventory.builtins) {
    if (
      script.files.includes(use.location?.file ?? '') &&
      /^(node:)?(test(\/.*)?|sea|ffi)$/.test(use.module)
    ) {
      found.push(`${use.location?.file} uses ${use.module}, which Bun lacks or has in part`);
    }
  }
  return [...new Set(found)];
}

const favour = (script: Script, rules: ScriptRules): string[] => [
  ...new Set(
    script.programs.flatMap(
      (program) => rules.programs.find((rule) => rule.program === program)?.reason ?? [],
    ),
  ),
];

/** The command with each program replaced where it stands as a word of its own. */
function onBun(script: Script, rules: ScriptRules): string {
  let command = script.command;
  for (const { program, becomes } of rules.programs) {
    if (becomes === null || !script.programs.includes(program)) continue;
    command = command.replace(
      new RegExp(`(^|[\\s;&|(])(?:npx\\s+)?${program}(?=\\s|$)`, 'g'),
      `$1${becomes}`,
    );
  }
  return command;
}
