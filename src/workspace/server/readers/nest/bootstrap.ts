import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ClassValue, ExternalValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf } from '../../../syntax/nodes.ts';
import type { Place } from '../../model.ts';
import type { Reading } from '../../reader.ts';
import { isExternal, memberOf, wayTo } from '../../values.ts';
import { configuredText } from './config.ts';

/** An application that `NestFactory.create` makes, and what its start does to all of its routes. */
export interface Bootstrap extends Place {
  modules: readonly ClassValue[];
  prefix: string;
  /** Routes that the prefix is not put before. */
  excluded: readonly { path: string; method: string | null }[];
  /** What stands before a version in paths; null where versions are in no path. */
  versionPrefix: string | null;
  defaultVersions: readonly string[];
  /** Guards, pipes and interceptors for all, in the order of the calls. */
  globals: readonly { method: string; values: readonly Value[]; place: Place }[];
  /** Middleware given to `app.use`. */
  uses: readonly Place[];
}

/** Stands for `VERSION_NEUTRAL`: the route is there without a version. */
export const NEUTRAL = '\0neutral';

/** Methods that Nest calls on what is given to a method of the application. */
const GLOBALS: Readonly<Record<string, string>> = {
  useGlobalGuards: 'canActivate',
  useGlobalInterceptors: 'intercept',
  useGlobalPipes: 'transform',
};

/** The applications that a repository makes. */
export function bootstraps(reading: Reading): Bootstrap[] {
  const calls = new Map<ExternalValue, { member: string; call: ExternalCall }[]>();
  const made = new Map<ExternalValue, ExternalCall>();
  for (const call of reading.flow.externalCalls) {
    const { callee } = call;
    if (!isExternal(callee) || callee.module !== '@nestjs/core') continue;
    if (wayTo(callee) === 'NestFactory.create') {
      const app = callee.derived.get(call.node);
      if (app !== undefined) made.set(app, call);
    }
    const found = memberOf(callee);
    if (found === null || wayTo(found.of) !== 'NestFactory.create.()') continue;
    calls.set(found.of, [...(calls.get(found.of) ?? []), { member: found.member, call }]);
  }
  return [...made].map(([app, call]) => bootstrapOf(reading, call, calls.get(app) ?? []));
}

function bootstrapOf(
  reading: Reading,
  { file, node, arguments: args }: ExternalCall,
  calls: readonly { member: string; call: ExternalCall }[],
): Bootstrap {
  const { arguments: read, flow } = reading;
  const of = (name: string) =>
    calls
      .filter(({ member }) => member === name)
      .map(({ call }) => argumentsOf(call.node).map((each): Place => ({ file: call.file, node: each })));
  const [prefix] = of('setGlobalPrefix');
  const versioning = of('enableVersioning');
  const [options] = versioning[0] === undefined ? [] : read.objects(versioning[0][0]);
  const type = read.property(options, 'type');
  const isInPath =
    versioning.length > 0 &&
    (type === null || isUri(type.values, file.text.slice(type.node.start, type.node.end)));
  const versions = read.property(options, 'defaultVersion');
  const before = read.property(options, 'prefix');
  return {
    ...{ file, node },
    modules: [...(args[0]?.values ?? [])].flatMap((value) => (value.kind === 'class' ? value : [])),
    prefix: prefix?.[0] === undefined ? '' : configuredText(reading, prefix[0]),
    excluded: prefix?.[1] === undefined ? [] : excludedOf(reading, prefix[1]),
    versionPrefix: !isInPath
      ? null
      : before === null
        ? 'v'
        : before.node.value === false
          ? ''
          : (read.texts(before)[0] ?? 'v'),
    defaultVersions: versions === null ? [] : versionsOf(reading, versions),
    globals: Object.entries(GLOBALS).flatMap(([name, method]) =>
      of(name).flatMap((given) =>
        given.map((place) => ({ method, place, values: flow.valuesOf(place.node) })),
      ),
    ),
    uses: of('use').flat(),
  };
}

/** `VersioningType.URI`; an enum's other members are header, media type and custom. */
const isUri = (values: readonly Value[], written: string): boolean => {
  const [value] = values;
  return isExternal(value) ? value.path.at(-1) === 'URI' : written === '0';
};

/** Texts of a version or a list of them; `VERSION_NEUTRAL` among them. */
export function versionsOf({ arguments: args, flow }: Reading, place: Place): string[] {
  const values = flow
    .valuesOf(place.node)
    .flatMap((value) => (value.kind === 'array' ? [...flow.elementsOf(value).values] : [value]));
  const neutral = values.some((value) => isExternal(value) && value.path.at(-1) === 'VERSION_NEUTRAL');
  const texts = args.texts(place).filter((text) => !text.includes('<'));
  return neutral ? [...texts, NEUTRAL] : texts;
}

/** `setGlobalPrefix(prefix, { exclude: ['health', { path, method }] })`. */
function excludedOf({ arguments: args, flow }: Reading, options: Place): Bootstrap['excluded'] {
  const [object] = args.objects(options);
  const list = args.property(object, 'exclude');
  const items = (list?.values ?? []).flatMap((value) =>
    value.kind === 'array' ? [...flow.elementsOf(value).values] : [value],
  );
  return items.flatMap((item) => {
    if (item.kind === 'text') return [{ path: item.text, method: null }];
    const path = args.property(item, 'path');
    const method = args.property(item, 'method');
    const named = method?.values.flatMap((value) => (isExternal(value) ? (value.path.at(-1) ?? []) : []))[0];
    return path === null
      ? []
      : args.texts(path).map((text) => ({ path: text, method: named === 'ALL' ? null : (named ?? null) }));
  });
}
