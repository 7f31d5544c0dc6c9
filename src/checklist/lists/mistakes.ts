import { type Check, type Context, type Found, no, unknown, yes } from '../contract.ts';
import { clients, isFunctions, monitoringPackages, names, plural, signsOf } from '../facts.ts';
import { figure } from '../tried.ts';

const CHECKS_TYPES = /(^|[\s;&|/])(tsc|vue-tsc|tsgo)(\s|$)|deno\s+check/;

/** The first ten mistakes, each said as what should hold. */
export const mistakes: readonly Check[] = [
  ['production does not move as a whole because something is fast', wholeSwitch],
  ['a start was measured before functions are deployed', coldStart],
  ['no code for the edge uses what only Node has', nodeOnEdge],
  ['types are checked, where a runtime only strips them', typeCheck],
  ['no experiment of a runtime is in production', experiments],
  ['the same application does not run on two runtimes', twoRuntimes],
  ['processes are not started where there are none', processes],
  ['pools of connections do not leak at the edge or in functions', pools],
  [
    'nothing is in production that is not watched',
    ({ inventory }) => {
      const found = monitoringPackages(inventory);
      return found.length > 0
        ? yes(`${names(found)} watches it.`, found[0]?.location)
        : no('No package that watches it was found.', 'Add OpenTelemetry or Sentry before anything moves.');
    },
  ],
  [
    'no benchmark of others decides',
    ({ tried, shadow, target }) => {
      if (tried)
        return yes(
          `This application was tried here on ${tried.madeAt.slice(0, 10)}, ${tried.requests.asked} requests.`,
        );
      if (shadow) return yes(`This application was compared here on ${shadow.startedAt.slice(0, 10)}.`);
      return unknown(
        'Only tables speak for it: nothing was measured of this application.',
        `migrate try --on ${target.spec}`,
      );
    },
  ],
];

/** Routes of a service that is small enough to go first. */
const SMALL = 60;

function wholeSwitch({ inventory, plan, done, tried, shadow, target }: Context): Found {
  if (target.name === 'node') return yes('Nothing moves but to a newer Node.');
  const switched = [...done].some(
    (id) => id.startsWith('full-switch/') && !/provision|compare|tests/.test(id),
  );
  const before =
    plan?.stages
      .filter(({ id, status }) => id !== 'full-switch' && status === 'ready')
      .map(({ title }) => title) ?? [];
  const earlier = [...done].some((id) => !id.startsWith('full-switch/'));
  const proof = tried ?? shadow;
  if (switched && !earlier && before.length > 0)
    return no(
      `The full switch was begun, and nothing of ${before.join(', ')} is done.`,
      'migrate apply: the smaller stages first.',
    );
  if (switched && !proof)
    return no(
      'The full switch was begun, and nothing was tried or compared.',
      `migrate try --on ${target.spec}`,
    );
  if (!plan) return unknown('There is no plan.', 'migrate plan');
  const routes = inventory.routes.length;
  if (routes > SMALL && !proof)
    return unknown(
      `It has ${routes} routes, which is no small service: smaller ones go first, unless a comparison speaks for it.`,
      `migrate try --on ${target.spec}`,
    );
  return yes(
    `${before.length > 0 ? `${before.join(', ')} can go first` : 'No smaller stage applies'}; the switch has gates of its own.`,
  );
}

function coldStart({ inventory, tried, row, target }: Context): Found {
  const measured =
    figure(row, 'firstAnswer') ??
    figure(
      tried?.ways.find(({ baseline }) => baseline),
      'firstAnswer',
    );
  const place = inventory.functions[0]?.location ?? signsOf(inventory, 'platform')[0]?.location ?? null;
  if (!isFunctions(inventory))
    return yes(
      `It is not hosted as functions${measured ? `; the first answer came after ${Math.round(measured.at)} ms` : ''}.`,
    );
  if (measured)
    return yes(
      `The first answer came after ${Math.round(measured.at)} ms here; a platform adds its own time.`,
      place,
    );
  return no(
    'It is hosted as functions, and no start was measured.',
    `migrate try --on ${target.spec}`,
    place,
  );
}

function nodeOnEdge({ inventory, plan, target }: Context): Found {
  const edge = new Set(signsOf(inventory, 'edge-runtime').map(({ location }) => location?.file));
  const use = inventory.builtins.find(({ location }) => edge.has(location?.file));
  if (use)
    return no(
      `${use.module} is used in a file for an edge runtime.`,
      'Delete the export of runtime; Node is the default.',
      use.location,
    );
  const layer = plan?.stages.find(({ id }) => id === 'edge-layer');
  const staying = layer?.items.filter(({ moves }) => !moves).length ?? 0;
  if (target.name === 'workers') {
    const blocker = plan?.blockers[0];
    if (blocker)
      return no(`${blocker.sentence}.`, blocker.remedy ?? 'Leave it on the origin.', blocker.location);
  }
  return layer
    ? yes(`Each route was judged by what it uses: ${staying} of ${layer.items.length} stay on the origin.`)
    : edge.size > 0
      ? yes('No file for an edge runtime uses what only Node has.')
      : yes('Nothing of it is for the edge.');
}

function typeCheck({ inventory }: Context): Found {
  const { typescript } = inventory.moduleSystem.files;
  if (typescript === 0) return yes('It is not written in TypeScript.');
  const scripts = new Map(inventory.scripts.map(({ name, command }) => [name, command]));
  const commands = signsOf(inventory, 'ci-command');
  const checked = commands.find(
    ({ name }) => CHECKS_TYPES.test(name) || CHECKS_TYPES.test(scriptOf(name, scripts)),
  );
  if (checked) return yes(`CI runs \`${checked.name}\`.`, checked.location);
  const own = inventory.scripts.find(({ command }) => CHECKS_TYPES.test(command));
  const next = 'Add `tsc --noEmit` (or `deno check`) to CI.';
  if (commands.length === 0)
    return unknown(
      `No command of CI was found${own ? `; the script ${own.name} checks types` : ''}.`,
      next,
      own?.location ?? null,
    );
  return no(
    `${typescript} TypeScript files, and no command of CI checks their types.`,
    next,
    commands[0]?.location,
  );
}

/** What a command of CI runs by way of package.json, two calls deep. */
function scriptOf(command: string, scripts: ReadonlyMap<string, string>, deep = 2): string {
  const name = /(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]+)/.exec(command)?.[1];
  const script = name === undefined ? undefined : scripts.get(name);
  if (script === undefined) return '';
  return deep === 0 ? script : `${script} ; ${scriptOf(script, scripts, deep - 1)}`;
}

function experiments({ inventory }: Context): Found {
  const flag = /--experimental-[\w-]+|--unstable[\w-]*/;
  const script = inventory.scripts.find(
    ({ kind, runtimeFlags }) => kind === 'production' && runtimeFlags.some((one) => flag.test(one)),
  );
  const command = inventory.deployment.find(({ kind, value }) => kind === 'command' && flag.test(value));
  const found = script ?? command;
  if (!found) return yes('What production starts has no experimental flag.');
  const name = flag.exec(script ? script.runtimeFlags.join(' ') : (command?.value ?? ''))?.[0];
  return no(
    `${name} is in what production starts.`,
    'Take a release in which it is no experiment, or do without.',
    found.location,
  );
}

function twoRuntimes({ inventory }: Context): Found {
  const starts = inventory.pins.filter(({ source }) => source === 'dockerfile' || source === 'platform');
  const runtimes = [...new Set(starts.map(({ runtime }) => runtime))];
  if (runtimes.length > 1)
    return no(
      `Production has images of ${runtimes.join(' and ')}.`,
      'One runtime for one application; a comparison is the exception.',
      starts.at(-1)?.location,
    );
  const [production = 'node'] = runtimes;
  const tested = inventory.pins.filter(({ source }) => source === 'ci');
  if (tested.length > 0 && !tested.some(({ runtime }) => runtime === production))
    return no(
      `Production runs ${production}, CI has ${[...new Set(tested.map(({ runtime }) => runtime))].join(' and ')} alone.`,
      `Test on ${production} as well.`,
      tested[0]?.location,
    );
  return yes(`All that starts it is ${production}.`, starts[0]?.location);
}

function processes({ inventory, target }: Context): Found {
  const used = inventory.builtins.filter(
    ({ module, reach }) => reach === 'production' && /^(node:)?(child_process|cluster)$/.test(module),
  );
  const [first] = used;
  if (!first) return yes('It starts no processes.');
  const told = `Processes are started in ${plural(used.length, 'place')}.`;
  if (isFunctions(inventory) || target.name === 'workers')
    return no(told, 'Move that work to a server, or to a queue.', first.location);
  return yes(`${told} It runs on servers, where there are some.`, first.location);
}

function pools({ inventory, target, plan }: Context): Found {
  const found = clients(inventory);
  const isEdge = target.name === 'workers' || signsOf(inventory, 'edge-runtime').length > 0;
  if (found.length === 0) return yes('It holds no connections of its own.');
  if (!isEdge && !isFunctions(inventory))
    return yes(
      `${names(found)} holds connections on servers, where one pool serves all requests.`,
      found[0]?.location,
    );
  const known = [...(plan?.blockers ?? []), ...(plan?.differences ?? [])].find(({ id }) =>
    /shared-client|vercel-pools/.test(id),
  );
  return no(
    known ? `${known.sentence}.` : `${names(found)} opens connections for each instance.`,
    known?.remedy ??
      'Put a pooler before the database (Hyperdrive, pgbouncer), or share instances (Fluid compute).',
    known?.location ?? found[0]?.location,
  );
}
