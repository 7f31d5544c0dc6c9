import { at } from '../model/at.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import { columns, safeLine } from './columns.ts';
import { plural } from './format.ts';
import { entryRows, findingRows, grouped, inFunctions, moves } from './inventory-rows.ts';
import type { Io } from './io.ts';
import { printNotChecked } from './plan.ts';

/** Rows of a long table on the first screen; `--all` shows the rest. */
const MOST_ROWS = 40;
/** The same of findings. */
const MOST_FINDINGS = 15;
/** Characters of a script's command on the first screen. */
const LONGEST_COMMAND = 60;

/** Prints an inventory, one section a kind of fact; sections without facts say so in one line. */
export function printInventory(io: Io, inventory: Inventory, view: { elapsed: number; all: boolean }): void {
  const c = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const where = (location: Location | null) => (location ? c.dim(at(location)) : '');
  const section = (title: string, rows: string[][], more: string[] = []) => {
    line();
    line(c.bold(title));
    const shown = view.all ? rows : rows.slice(0, MOST_ROWS);
    for (const text of columns(shown, '  ')) line(text);
    if (shown.length < rows.length) line(`  and ${rows.length - shown.length} more (--all)`);
    for (const text of more) line(`  ${text}`);
    if (rows.length + more.length === 0) line(c.dim('  none found'));
  };
  /** A section that is there only when it has rows. */
  const optional = (title: string, rows: string[][]) => {
    if (rows.length > 0) section(title, rows);
  };
  const version = (item: { installed: string | null; locked: string | null; declared: string | null }) =>
    item.installed
      ? `${item.installed} installed`
      : item.locked
        ? `${item.locked} locked`
        : (item.declared ?? '');

  const { packageManager: manager, moduleSystem } = inventory;
  line(
    `${c.bold(inventory.name)}  ${c.dim(`${(view.elapsed / 1000).toFixed(1)} s, ${plural(inventory.counts.files, 'file')}, ${plural(inventory.counts.sources, 'source')}${inventory.git ? '' : ', no git repository'}`)}`,
  );
  line();
  const { commonjs, module, typescript } = moduleSystem.files;
  const locks = manager.lockfiles.map((lock) => `${lock.file} v${lock.version ?? '?'}`).join(', ');
  for (const text of columns(
    [
      [
        'Package manager',
        [manager.name ?? 'not known', manager.version, locks && `(${locks})`].filter(Boolean).join(' '),
      ],
      ...manager.conflicts.map((conflict) => ['', c.yellow(conflict)]),
      [
        'Module system',
        `${moduleSystem.declared ?? 'no type in package.json'}: ${plural(commonjs, 'CommonJS file')}, ${plural(module, 'ES module')}, ${typescript} of them TypeScript`,
      ],
      [
        'Frameworks',
        inventory.frameworks.map((item) => `${item.name} ${version(item)}`).join(', ') || 'none found',
      ],
      ...(inventory.workspaces.length > 0
        ? [['Workspaces', inventory.workspaces.map((item) => item.folder).join(', ')]]
        : []),
    ],
    '',
  )) {
    line(text);
  }
  optional(
    'Services',
    inventory.services.map((item) => [
      item.folder,
      item.what,
      `migrate plan ${item.folder}`,
      where(item.location),
    ]),
  );
  section(
    'Runtime pins',
    inventory.pins.map((pin) => [`${pin.runtime} ${pin.value}`, pin.source, where(pin.location)]),
  );
  for (const item of inventory.pinDisagreements) line(`  ${c.yellow('disagree')}  ${item.sentence}`);
  for (const item of inventory.floating)
    line(`  ${c.yellow('moves')}  ${moves(item)}  ${where(item.location)}`);
  section(
    'Entry points',
    entryRows(inventory).map(([file, names, location]) => [file, names, where(location)]),
  );
  optional(
    'Functions of AWS Lambda',
    inventory.functions.map((item) => [
      item.name,
      item.events.join(', '),
      [item.platform, item.runtime].filter(Boolean).join(' '),
      where(item.location),
    ]),
  );
  section(
    'Scripts',
    inventory.scripts.map((script) => [
      script.name,
      script.kind,
      view.all ? script.command : shortened(script.command),
      where(script.location),
    ]),
  );
  const { unreadRoutes: unread, routes } = inventory;
  section(
    `Routes  ${routes.length === 0 && unread.length > 0 ? 'not read' : routes.length}`,
    routes.map((route) => [route.method.toUpperCase(), route.path, route.handlerName, where(route.location)]),
    [
      ...inFunctions(inventory),
      ...unread.map(
        (item) =>
          `${c.yellow(item.inPart ? 'in part' : 'not read')}  ${item.framework}: ${item.reason}  ${where(item.location)}`,
      ),
    ],
  );
  section(
    'Middleware of packages',
    (view.all ? inventory.middleware.map((item) => [item]) : samePackage(inventory.middleware)).map(
      (same) => [
        [same[0]?.package, same[0]?.member].filter(Boolean).join('.'),
        same.length > 1 ? plural(same.length, 'place') : (same[0]?.paths.join(', ') ?? ''),
        where(same[0]?.location ?? null),
      ],
    ),
  );
  section(
    'Node builtins',
    grouped(inventory).map(({ name, uses, first }) => [name, uses, where(first)]),
  );
  section(
    'Native addons',
    inventory.nativeAddons.map((addon) => [
      addon.package,
      version(addon),
      `${addon.abi ?? 'ABI not known'} (${addon.known})`,
      where(addon.location),
    ]),
  );
  optional(
    'Packages that run a script at installation',
    inventory.installScripts.map((item) => [
      [item.package, item.version].filter(Boolean).join(' '),
      item.sign,
      where(item.location),
    ]),
  );
  optional(
    'Patches and overrides',
    inventory.pinned.map((item) => [
      item.package,
      item.kind === 'patch' ? `patched (${item.by})` : `forced to ${item.value} (${item.by})`,
      where(item.location),
    ]),
  );
  section(
    'Images, start commands, CI',
    inventory.deployment.map((item) => [item.kind, item.value, where(item.location)]),
  );
  if (inventory.env.length > 0) {
    const names = inventory.env.filter(
      (item, index) => index === inventory.env.findIndex(({ name }) => name === item.name),
    );
    section(
      'Environment variables',
      names.map((item) => [item.name, where(item.location)]),
    );
  }
  const rows = findingRows(inventory, ({ location }) => where(location));
  const rest = rows.length - (view.all ? rows.length : MOST_FINDINGS);
  section(
    `Findings  ${rows.length}`,
    rest > 0 ? rows.slice(0, MOST_FINDINGS) : rows,
    rows.length > 0
      ? [
          `${rest > 0 ? `and ${rest} more: ` : ''}${c.bold('migrate findings')} says what each means for each target`,
        ]
      : [],
  );
  printNotChecked(inventory.notChecked, view.all, line);
}

const shortened = (command: string): string =>
  command.length > LONGEST_COMMAND ? `${command.slice(0, LONGEST_COMMAND - 1)}…` : command;

/** Middleware that occurs at many places, an API key check on every route say, is one row. */
function samePackage(middleware: Inventory['middleware']): Inventory['middleware'][] {
  const found = new Map<string, Inventory['middleware']>();
  for (const item of middleware) {
    const name = `${item.package} ${item.member}`;
    found.set(name, [...(found.get(name) ?? []), item]);
  }
  return [...found.values()];
}
