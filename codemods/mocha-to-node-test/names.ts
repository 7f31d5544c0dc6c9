import type { ASTPath, CallExpression, Identifier } from 'jscodeshift';
import { loadingsOf } from '../shared/transform/loadings.ts';
import { useAt, usesOf } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';

type Kind = 'suite' | 'test' | 'hook';

/** What stands for a function of Mocha: its own name in `node:test`, and a member of it. */
interface Counterpart {
  kind: Kind;
  name: string;
  member?: 'skip';
}

/** Mocha's functions in its usual style (`--ui bdd`). */
const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  describe: { kind: 'suite', name: 'describe' },
  context: { kind: 'suite', name: 'describe' },
  xdescribe: { kind: 'suite', name: 'describe', member: 'skip' },
  xcontext: { kind: 'suite', name: 'describe', member: 'skip' },
  it: { kind: 'test', name: 'it' },
  specify: { kind: 'test', name: 'it' },
  xit: { kind: 'test', name: 'it', member: 'skip' },
  xspecify: { kind: 'test', name: 'it', member: 'skip' },
  before: { kind: 'hook', name: 'before' },
  after: { kind: 'hook', name: 'after' },
  beforeEach: { kind: 'hook', name: 'beforeEach' },
  afterEach: { kind: 'hook', name: 'afterEach' },
};

/** A place where a function of Mocha is named. */
export interface Named extends Counterpart {
  node: Identifier;
  /** Loaded of `mocha`, and so named by the file itself; else it is one of Mocha's globals. */
  loaded: boolean;
  members: string[];
  /** The name with its members. */
  whole: ASTPath;
  /** Null where it is handed on. */
  call: ASTPath<CallExpression> | null;
}

/** A use of Mocha that no test of Node.js stands for. */
export interface Odd {
  node: object;
  why: string;
}

/** Every use of Mocha in a file: its globals, and what is loaded of it. */
export function namedIn(work: Work): { named: Named[]; odd: Odd[]; loaded: Loaded[] } {
  const named: Named[] = [];
  const odd: Odd[] = [];
  const loaded: Loaded[] = [];
  work.root.find(work.j.Identifier).forEach((path) => {
    const known = Object.hasOwn(COUNTERPARTS, path.node.name) ? COUNTERPARTS[path.node.name] : undefined;
    if (known && work.isGlobal(path.node)) named.push({ ...known, ...useAt(path), loaded: false });
  });
  const { loadings, others } = loadingsOf(work, (module) => module === 'mocha');
  for (const loading of loadings) {
    loaded.push({ node: loading.replaced, statement: loading.alone ? loading.statement : null });
    for (const use of usesOf(work, loading)) {
      const known = Object.hasOwn(COUNTERPARTS, use.from) ? COUNTERPARTS[use.from] : undefined;
      if (known) named.push({ ...known, ...use, loaded: true });
      else odd.push({ node: use.node, why: `\`${use.from}\` of mocha is no function that declares tests` });
    }
  }
  for (const { kind, specifier, node } of others) {
    if (kind === 'bare') loaded.push({ node, statement: node });
    else odd.push({ node: specifier, why: '`mocha` is loaded otherwise than for its functions' });
  }
  return { named, odd, loaded };
}

/** A declaration that loads Mocha; `statement` is null where it cannot be taken out. */
export interface Loaded {
  node: object;
  statement: object | null;
}
