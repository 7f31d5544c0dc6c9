import type { Middleware, NotChecked, Route, RouteNeed } from '../../model/inventory.ts';
import type { HandlerArgument } from '../../workspace/express/program.ts';
import { throughGates } from '../../workspace/server/gates.ts';
import type { Passed, ServerProgram, ServerRoute } from '../../workspace/server/model.ts';
import { readExpress } from '../../workspace/server/readers/express/index.ts';
import type { ParsedFile } from '../../workspace/syntax/parse.ts';
import { applicationOf } from '../application.ts';
import type { Detector } from '../detector.ts';
import { cloudFunctions } from '../entries/functions.ts';
import { sourceFinder } from '../entries/sources.ts';
import { evidenceIn, snippetOf } from '../evidence.ts';
import { functionNeeds } from '../needs/index.ts';
import { keyed } from '../needs/outside.ts';
import { passedNeeds } from '../needs/passed.ts';
import { type Application, FOLLOWED_WHOLE } from '../program.ts';
import type { Roles } from '../reach/roles.ts';
import { serverOf } from '../server.ts';

const detector: Detector = {
  id: 'routes',
  title: 'routes and middleware',
  early: true,
  async detect({ repository, modules, roles, survey }) {
    const sources = await modules();
    const own = await roles();
    const application = applicationOf(sources, own);
    const express = readExpress(application.program);
    const declared = await cloudFunctions(repository, sourceFinder(repository));
    const others = serverOf(
      sources,
      own,
      declared.flatMap(({ gateway }) => gateway),
    );
    // Values were followed: what was parsed for it is not parsed once more.
    const found = await survey();
    const gated = throughGates(others.gates, [...express.routes, ...others.routes.filter(isApplications)]);
    const functions = others.routes.filter((route) => !isApplications(route));
    const { flow } = others;
    const beside = flow === null ? null : { ...application, flow, outside: flow.leftOut };
    return {
      routes: [
        ...describe(
          gated.routes.filter(({ framework }) => framework === 'express'),
          application.program.files,
          functionNeeds(application, found),
          sources.text,
        ),
        ...(beside === null
          ? []
          : describe(
              [...gated.routes.filter(({ framework }) => framework !== 'express'), ...functions],
              [...beside.flow.files.values()],
              functionNeeds(beside, found),
              sources.text,
            )),
      ],
      middleware: [...expressMiddleware(application, own), ...otherMiddleware(others)],
      notChecked: [
        ...followedPart(application),
        ...application.program.unreached.map(({ name, location }) => ({
          what: `${name || 'a function'} that looks like a handler`,
          reason: 'nothing that could be followed registers it',
          location,
        })),
        ...[...others.notFollowed, ...gated.notFollowed].map(({ what, reason, location }) => ({
          what,
          reason,
          location,
        })),
      ],
    };
  },
};

/** No function that a gateway calls, but what an application tells apart. */
const isApplications = ({ framework }: ServerRoute): boolean => framework !== 'aws-lambda';

function describe(
  routes: readonly ServerRoute[],
  files: readonly ParsedFile[],
  needsOf: ReturnType<typeof functionNeeds>,
  textOf: (path: string) => string | null,
): Route[] {
  const linesOf = new Map(files.map((file) => [file.path, file.text.split(/\r\n|\n|\r/)]));
  return routes.map(({ location, method, path, framework, handlerName, handler, through }) => {
    const isWanted = (need: RouteNeed) => !isOwnWord(need, framework, textOf);
    const needs = needsOf(
      through.flatMap(({ functions }) => functions),
      isWanted,
    );
    for (const { key, need } of passedNeeds(through).map(keyed))
      if (!needs.has(key) && isWanted(need)) needs.set(key, need);
    return {
      location,
      snippet: snippetOf(linesOf.get(location.file) ?? [], location),
      known: 'read',
      ...{ method, path, framework, handlerName },
      handler: handler?.location ?? null,
      needs: [...needs.values()],
      through: placesOf(through),
    };
  });
}

/** The framework's own functions, and the memory of the module that express-to-hono writes: it holds nothing of a client. */
function isOwnWord(
  { kind, name, location }: RouteNeed,
  framework: string,
  textOf: (path: string) => string | null,
): boolean {
  if (kind === 'package')
    return name === framework || (framework === '@nestjs/core' && name.startsWith('@nestjs/co'));
  const file = location?.file ?? '';
  if (framework !== 'hono' || kind !== 'state' || !/(^|\/)express-parity\.[cm]?[jt]s$/.test(file))
    return false;
  return textOf(file)?.includes('Keeps what clients saw of this application when it ran on Express') ?? false;
}

/** Where the functions that a request passes are written, and the packages' middlewares among them. */
const placesOf = (through: readonly Passed[]) => [
  ...through.flatMap(({ functions }) => functions.map(({ location }) => location)),
  ...through.flatMap(({ file, node, functions }) =>
    functions.length === 0 ? [file.locate(node.start)] : [],
  ),
];

function expressMiddleware({ program }: Application, roles: Roles): Middleware[] {
  // What no entry point loads registers nothing.
  const isRun = (path: string) => roles.of(path) !== 'unreached';
  return program.registrations.flatMap(({ handlers, paths }) =>
    handlers.flatMap(flatten).flatMap((argument): Middleware[] => {
      if (argument.kind !== 'package' || !isRun(argument.file.path)) return [];
      const { file, node, package: name, member } = argument;
      return [
        {
          ...evidenceIn(file, file.locate(node.start), node.start, 'read'),
          ...{ package: name, member, paths: paths.flatMap(({ text }) => text ?? []) },
        },
      ];
    }),
  );
}

function otherMiddleware({ scopes }: ServerProgram): Middleware[] {
  return scopes.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      step.kind === 'mount'
        ? []
        : step.handlers.flatMap(({ packages }) =>
            packages.map(({ file, node, package: name, member }) => ({
              ...evidenceIn(file, file.locate(node.start), node.start, 'read'),
              ...{ package: name, member, paths: step.kind === 'route' ? [step.path] : [] },
            })),
          ),
    ),
  );
}

/** Says so when calls were not followed into every file. */
function followedPart({ outside }: Application): NotChecked[] {
  if (outside.size === 0) return [];
  return [
    {
      what: `calls inside ${outside.size.toLocaleString('en-US')} files that name nothing of Express`,
      reason: `over ${FOLLOWED_WHOLE} source files: what such a file uses counts for every route that reaches it, and what its closures keep is not seen`,
      location: null,
    },
  ];
}

const flatten = (argument: HandlerArgument): HandlerArgument[] =>
  argument.kind === 'array' ? argument.items.flatMap(flatten) : [argument];

export default detector;
