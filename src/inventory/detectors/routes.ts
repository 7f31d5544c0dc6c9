import type { Middleware, NotChecked, Route } from '../../model/inventory.ts';
import type { Location } from '../../model/location.ts';
import type { HandlerArgument } from '../../workspace/express/program.ts';
import { applicationOf } from '../application.ts';
import type { Detector } from '../detector.ts';
import { evidenceIn, snippetOf } from '../evidence.ts';
import { type Chain, chains } from '../needs/chain.ts';
import { routeNeeds } from '../needs/index.ts';
import { type Application, FOLLOWED_WHOLE } from '../program.ts';

const detector: Detector = {
  id: 'routes',
  title: "Express's routes and middleware",
  async detect({ modules, roles, survey }) {
    const sources = await modules();
    const application = applicationOf(sources, await roles());
    const { program } = application;
    const needsOf = routeNeeds(application, await survey());
    const chainOf = chains(program);
    const linesOf = new Map(program.files.map((file) => [file.path, file.text.split(/\r\n|\n|\r/)]));
    const routes = program.routes.map((route): Route => {
      const { registration, method, path, handlerName, handler } = route;
      return {
        location: registration,
        snippet: snippetOf(linesOf.get(registration.file) ?? [], registration),
        known: 'read',
        method,
        path,
        framework: 'express',
        handlerName,
        handler,
        needs: needsOf(route),
        through: placesOf(chainOf(route)),
      };
    });
    const middleware: Middleware[] = [];
    for (const { handlers, paths } of program.registrations) {
      for (const argument of handlers.flatMap(flatten)) {
        if (argument.kind !== 'package') continue;
        const { file, node } = argument;
        middleware.push({
          ...evidenceIn(file, file.locate(node.start), node.start, 'read'),
          package: argument.package,
          member: argument.member,
          paths: paths.flatMap(({ text }) => text ?? []),
        });
      }
    }
    return {
      routes,
      middleware,
      notChecked: [
        ...followedPart(application),
        ...program.unreached.map(({ name, location }) => ({
          what: `${name || 'a function'} that looks like a handler`,
          reason: 'nothing that could be followed registers it',
          location,
        })),
      ],
    };
  },
};

/** Where the functions of a chain are written, and the packages' middlewares among them. */
const placesOf = ({ functions, others }: Chain): Location[] => [
  ...functions.map(({ location }) => location),
  ...others.map(({ argument, registration: { file } }) => file.locate(argument.node.start)),
];

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
