import { isScalar, isSeq, parseDocument, visit } from 'yaml';
import { invocations } from '../../../workspace/command-line.ts';
import { evidenceAt, evidenceOnLine } from '../../evidence.ts';
import {
  commandLine,
  isDockerfile,
  isOfDevelopers,
  runningInstructions,
  startsForDevelopers,
} from '../../readers/dockerfile.ts';
import { addonsInProduction } from '../addons.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** Programs that come with Node's image and with no other. */
const OF_NODE = new Set(['node', 'npm', 'npx', 'yarn', 'corepack']);

/** Package managers of Alpine and Debian. */
const INSTALLS = /^(?:apk|apt|apt-get)$/;

const rule: RepositoryRule = {
  id: 'images',
  title: 'what images bring and ask for',
  kinds: ['image-user', 'image-programs', 'image-musl', 'image-health'],
  async see(look) {
    const { repository } = look;
    const { isForeign } = await look.roles();
    const seen: Seen[] = [];
    for (const file of repository.files) {
      // An image that runs tests is none of production's.
      if (isForeign(file) || isOfDevelopers(file)) continue;
      const isCompose = /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/.test(file);
      const text = isDockerfile(file) || isCompose ? await repository.read(file) : null;
      if (text !== null && (isCompose || !startsForDevelopers(text)))
        seen.push(
          ...(isCompose
            ? inCompose(file, text)
            : inDockerfile(file, text, addonsInProduction(look).length > 0)),
        );
    }
    return { seen };
  },
};

function inDockerfile(file: string, text: string, hasAddons: boolean): Seen[] {
  const lines = text.split('\n');
  const seen: Seen[] = [];
  // Alpine has a wget of its own, whatever image is made of it; what the file installs stays when the base changes.
  const brought = new Set<string>();
  for (const { keyword, value, line, isNode } of runningInstructions(text)) {
    if (!isNode) continue;
    const note = (kind: string, name: string) =>
      seen.push({ ...evidenceOnLine(file, lines, line), kind, name });
    if (keyword === 'FROM') {
      const [image = ''] = value.replace(/^(?:--\S+\s+)+/, '').split(/\s+/);
      if (/alpine/.test(image)) brought.add('wget');
      if (/alpine/.test(image) && hasAddons) note('image-musl', image);
    }
    if (
      (keyword === 'USER' && /^node(?::|$)/.test(value)) ||
      (/^(?:COPY|ADD)$/.test(keyword) && /--chown=node\b/.test(value))
    )
      note('image-user', 'node');
    if (keyword === 'RUN')
      for (const { program, args } of invocations(
        value.replace(/^(?:--\S+\s+)+/, '').replace(/&&/g, ' && '),
      )) {
        if (OF_NODE.has(program)) note('image-programs', program);
        if (INSTALLS.test(program)) for (const name of args) brought.add(name);
      }
    if (keyword === 'HEALTHCHECK' && !/^NONE\b/.test(value)) {
      const command = commandLine(value.replace(/^(?:--\S+\s+)*CMD\s+/, ''));
      for (const { program } of invocations(command))
        if (/^(?:node|curl|wget)$/.test(program) && !brought.has(program)) note('image-health', program);
    }
  }
  return unique(seen);
}

/** One place a line: `npm ci && npm run build` is one. */
const unique = (seen: readonly Seen[]): Seen[] =>
  seen.filter(
    (one, at) =>
      at ===
      seen.findIndex(
        (each) =>
          each.kind === one.kind && each.name === one.name && each.location?.line === one.location?.line,
      ),
  );

function inCompose(file: string, text: string): Seen[] {
  const document = parseDocument(text);
  const seen: Seen[] = [];
  if (document.errors.length > 0) return seen;
  visit(document, {
    Pair(_, { key, value }, path) {
      const outer = path.at(-2) as { key?: unknown } | undefined;
      if (
        !isScalar(key) ||
        key.value !== 'test' ||
        !isScalar(outer?.key) ||
        outer.key.value !== 'healthcheck'
      )
        return;
      const words = isSeq(value)
        ? value.items.map((item) => (isScalar(item) ? String(item.value) : ''))
        : [isScalar(value) ? String(value.value) : ''];
      const command = words.filter((word) => !/^CMD(-SHELL)?$/.test(word)).join(' ');
      // What is asked of another container is none of this application's image.
      for (const { program } of invocations(command))
        if (program === 'node')
          seen.push({
            ...evidenceAt(file, text, key.range?.[0] ?? 0, 'read'),
            kind: 'image-health',
            name: program,
          });
    },
  });
  return seen;
}

export default rule;
