import type { DependencyProbe, DependencyProbes, ProbeSaid } from '../../model/dependency-probe.ts';
import type { Io } from '../io.ts';

/** One line a package, and below it what does not work or was not looked at. */
export function printDependencyProbes(io: Io, found: DependencyProbes): void {
  const { bold, dim, green, red, yellow } = io.colors;
  const { target, reference, scripts, dependencies } = found;
  const date =
    target.compatibilityDate === undefined ? '' : `, compatibility date ${target.compatibilityDate}`;
  io.line(
    bold(`${dependencies.length} production dependencies on ${target.spec.name} ${target.version}${date}`),
  );
  io.line(
    dim(
      `Answers are compared with those of ${reference}. Install scripts ${scripts ? 'ran' : 'did not run'}.`,
    ),
  );
  const mark = (said: ProbeSaid): string =>
    said.level === 'works'
      ? green('works')
      : (said.level === 'differs' ? yellow : red)(`${said.level}: ${said.saw}`);
  for (const one of dependencies) {
    const { name, version, load, call, native, drivers, notChecked } = one;
    const abi = native
      ? dim(
          `  compiled code (${native.abi === 'v8' ? 'V8 ABI' : native.abi === 'node-api' ? 'Node-API' : 'interface unknown'})`,
        )
      : '';
    io.line(`${bold(name)}${version === null ? '' : ` ${version}`}  ${verdictOf(one)}${abi}`);
    if (load && load.level !== 'works') io.line(`  load   ${mark(load)}`);
    if (call && call.level !== 'works') io.line(`  call   ${mark(call)}`);
    for (const { service, checks } of drivers) {
      const wrong = checks.filter(({ level }) => level !== 'works');
      io.line(`  ${service}: ${checks.length - wrong.length} of ${checks.length} work`);
      for (const check of wrong) io.line(`    ${check.what}  ${mark(check)}`);
    }
    for (const what of notChecked) io.line(dim(`  not checked: ${what}`));
  }
}

function verdictOf({ load, call, drivers }: DependencyProbe): string {
  if (load === null) return 'not checked';
  if (load.level !== 'works') return 'does not load';
  const parts = ['loads'];
  if (call) parts.push(call.level === 'works' ? 'answers the same' : 'answers otherwise');
  if (drivers.length > 0) parts.push('was tried with real servers');
  return parts.join(', ');
}
