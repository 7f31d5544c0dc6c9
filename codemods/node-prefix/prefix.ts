import { builtinModules } from 'node:module';
import { keptWhole } from '../shared/transform/declare.ts';
import { loadingsOf } from '../shared/transform/loadings.ts';
import type { WholeRun } from '../shared/transform/ordinary.ts';
import type { Work } from '../shared/transform/work.ts';

/** Node.js 14.18 and 16 read `node:` in `require` as well. */
const NEEDS = '14.18.0';

/** Builtins that have a name without `node:`; of internal ones (`_http_agent`) nothing is said. */
const BUILTINS: ReadonlySet<string> = new Set(
  builtinModules.filter((name) => !name.startsWith('_') && !name.startsWith('node:')),
);

const isBuiltin = (module: string): boolean => BUILTINS.has(module);
const packageOf = (module: string): string => module.split('/')[0] ?? module;

/** `fs` becomes `node:fs` wherever it is loaded. */
function change(work: Work): void {
  const { loadings, others } = loadingsOf(work, isBuiltin);
  for (const { specifier, kind } of [...loadings, ...others]) {
    const name = specifier.value;
    const kept = keptWhole(work, name, { node: NEEDS, feature: '`node:`' });
    if (kind === 'tool') {
      const advice = 'Change both by hand, once the test tool knows `node:`.';
      work.leave(specifier, 'replaced', `a test replaces \`${name}\` by this name`, advice);
    } else if (kept !== null) {
      work.leave(specifier, kept.rule, kept.reason, kept.advice);
    } else if (work.around.manifest?.ranges[packageOf(name)] !== undefined) {
      const reason = `package.json has a package \`${packageOf(name)}\`, which bundlers take by this name`;
      work.leave(specifier, 'package', reason);
    } else {
      const quote = work.textOf(specifier)[0] ?? work.quote;
      work.replace(specifier, `${quote}node:${name}${quote}`, 'prefix');
      work.done(specifier, name);
    }
  }
}

const whole: WholeRun = { change, about: (module) => isBuiltin(module.replace(/^node:/, '')) };

export default whole;
