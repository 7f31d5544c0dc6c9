import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look } from '../look.ts';
import { type PathShape, pathOf } from '../path-of.ts';
import type { SourceRule } from '../rule.ts';

const WRITES =
  /^(?:writeFile|appendFile|createWriteStream|mkdir|mkdtemp|rm|rmdir|unlink|rename|copyFile|cp|truncate|chmod|symlink|link|open|outputFile|outputJson|ensureDir|ensureFile|emptyDir|remove|move|writeJson|writeJSON)(?:Sync)?$/;
const READS =
  /^(?:readFile|createReadStream|readdir|opendir|readJson|readJSON|stat|lstat|access|exists|existsSync|pathExists|realpath)(?:Sync)?$/;
const CONTENT = /^(?:readFile|createReadStream|readJson|readJSON)(?:Sync)?$/;
const WATCHES = /^(?:watch|watchFile)$/;
const MODULES = new Set(['fs', 'fs/promises', 'fs-extra', 'graceful-fs']);
/** Packages that watch files. */
const WATCHERS: Readonly<Record<string, readonly string[]>> = {
  chokidar: ['watch.()'],
  gaze: ['()'],
  'node-watch': ['()'],
};

/** What a path is, by the words that people give such folders and files. */
const CLASSES: readonly [RegExp, string][] = [
  [/(?:^|[/_.-])uploads?(?:[/_.-]|$)|(?:^|\/)(?:avatars?|attachments?|media)(?:\/|$)/i, 'file-upload'],
  [/(?:^|[/_.-])(?:te?mp|cache|\.cache)(?:[/_.-]|$)/i, 'file-temp'],
  [/\.log$|(?:^|\/)logs?(?:[/_.-]|$)/i, 'file-log'],
  [
    /(?:^|[/_.-])(?:config|settings|secrets?|certs?|keys?)(?:[/_.-]|$)|\.(?:pem|key|crt|env)$|(?:^|\/)\.env/i,
    'file-config',
  ],
  [
    /\.(?:html?|ejs|pug|hbs|mjml|css|svg|png|jpe?g|ico|woff2?|graphql|gql|sql|proto|txt|md)$|(?:^|\/)(?:public|static|assets|views|templates?|locales?|i18n)(?:\/|$)/i,
    'file-asset',
  ],
  [/(?:^|[/_.-])(?:data|db|database|storage)(?:[/_.-]|$)|\.(?:db|sqlite3?|csv|jsonl)$/i, 'file-data'],
];

const rule: SourceRule = {
  id: 'files',
  kinds: [
    'file-upload',
    'file-temp',
    'file-log',
    'file-config',
    'file-asset',
    'file-data',
    'file-written',
    'file-watch',
  ],
  words: /["'`](?:node:)?fs(?:\/promises)?["'`]|["'`](?:fs-extra|graceful-fs|chokidar|gaze|node-watch)["'`]/,
  visit: { CallExpression: used },
};

function used(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  if (WATCHERS[named.from]?.includes(named.path)) look.note('file-watch', named.from, node);
  if (!MODULES.has(named.from) || !named.path.endsWith('.()')) return;
  const member = named.path.slice(0, -3).replace(/^promises\./, '');
  if (WATCHES.test(member)) look.note('file-watch', `fs.${member}`, node);
  const writes = WRITES.test(member);
  if (!writes && !READS.test(member)) return;
  const shape = pathOf(argument(node, 0), look);
  const kind = classOf(shape, writes, CONTENT.test(member));
  if (kind !== null) look.note(kind, nameOf(shape, writes), node);
}

/** The class of a path; null where nothing of it is known and the file is only read. */
function classOf({ root, text }: PathShape, writes: boolean, isContent: boolean): string | null {
  if (root === 'temp') return 'file-temp';
  const named = CLASSES.find(([words]) => words.test(text))?.[1];
  // Whether a log is there, and how large it is, is no writing of it.
  if (named === 'file-log' && !writes) return null;
  // What is written is no asset of the program: it is made while it runs.
  if (named === 'file-asset' && writes) return 'file-written';
  if (named !== undefined) return named;
  if (writes) return 'file-written';
  // Whether something is there is asked of what is made at run time, too.
  return root === 'module' && text !== '' && isContent ? 'file-asset' : null;
}

function nameOf({ root, text }: PathShape, writes: boolean): string {
  // Slashes and dots alone are what stands around names that are made at run time.
  if (/[^./\\]/.test(text)) return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  if (root === 'temp') return 'the system’s temporary folder';
  if (root === 'environment') return 'a path of the environment';
  return writes ? 'a path that is made at run time' : 'a file beside the module';
}

export default rule;
