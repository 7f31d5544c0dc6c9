import type {
  AppCall,
  ExpressProgram,
  FunctionUse,
  Registration,
} from '../../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../../src/workspace/express/registrations.ts';
import { argumentsOf, literalText } from '../../../../src/workspace/syntax/nodes.ts';
import type { Element, Split } from '../../state/worlds.ts';
import { argumentWith } from '../project.ts';

/** A program in which each handler that answers is registered by itself, beside what stands before it. */
export interface Apart {
  program: ExpressProgram;
  answering: readonly Registration[];
  /** A split of the program before, as one of this. */
  split(before: Split): Split;
}

/** Sets the last handlers of some registrations apart from what they are registered with. */
export function setApart(program: ExpressProgram, chosen: ReadonlySet<Registration>): Apart {
  const functions = new Map(program.functions.map((fn) => [fn, { ...fn }]));
  const answering = new Map<Registration, Registration>();
  const others = new Map<Registration, Registration>();
  for (const registration of program.registrations) {
    const handlers = registration.handlers.map((each) => argumentWith(functions, each));
    if (!chosen.has(registration)) others.set(registration, { ...registration, handlers });
    else {
      answering.set(registration, { ...registration, handlers: handlers.slice(-1), paths: [] });
      if (handlers.length > 1) others.set(registration, { ...registration, handlers: handlers.slice(0, -1) });
    }
  }
  for (const [before, after] of functions) {
    const uses = before.uses.flatMap((use): FunctionUse[] => {
      if (use.kind === 'called' && use.by !== null) return [{ ...use, by: functions.get(use.by) ?? use.by }];
      if (use.kind !== 'registered') return [use];
      return [answering, others].flatMap((all) => {
        const registration = all.get(use.registration);
        const has = registration?.handlers.flatMap(functionsIn).includes(after) === true;
        return registration !== undefined && has ? [{ ...use, registration }] : [];
      });
    });
    Object.assign(after, { uses });
  }
  return {
    answering: [...answering.values()],
    split: (before) => elementsIn(before, others),
    program: {
      ...program,
      functions: [...functions.values()],
      registrations: program.registrations.flatMap((each) => [
        ...(others.get(each) === undefined ? [] : [others.get(each) as Registration]),
        ...(answering.get(each) === undefined ? [] : [answering.get(each) as Registration]),
      ]),
      wrappers: program.wrappers.map((each) => ({
        ...each,
        functions: each.functions.flatMap((fn) => functions.get(fn) ?? []),
      })),
    },
  };
}

function elementsIn(before: Split, others: ReadonlyMap<Registration, Registration>): Split {
  const all = [...before.taken, ...before.both, ...before.stays.keys()];
  const now = new Map(
    all.map((each): [Element, Element] => [
      each,
      { ...each, registrations: each.registrations.map((one) => others.get(one) ?? one) },
    ]),
  );
  const of = (each: Element): Element => now.get(each) ?? each;
  for (const each of now.values()) if (each.mount !== null) each.mount = of(each.mount);
  return {
    taken: before.taken.map(of),
    both: before.both.map(of),
    idle: before.idle,
    stays: new Map([...before.stays].map(([each, reason]) => [of(each), reason])),
    behind: new Map([...before.behind].map(([each, wall]) => [of(each), of(wall)])),
    divided: before.divided.map((each) => ({ ...each, mount: each.mount === null ? null : of(each.mount) })),
  };
}

/** Settings that say how JSON is written, or that are known only when it runs: all others are Express's to follow. */
export function isOfJson({ member, call }: AppCall): boolean {
  const setting = literalText(argumentsOf(call)[0]);
  return /^(set|enable|disable)$/.test(member) && (setting === null || setting.startsWith('json '));
}
