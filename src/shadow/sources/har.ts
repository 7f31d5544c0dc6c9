import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Exchange } from '../../model/exchange.ts';
import type { TrafficSource } from '../sources.ts';
import { LOGIN_HINT } from '../traffic/login.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { skips, startsHar } from './_exchange.ts';
import { HarEntry, notHttp, withheldOf } from './_har-entry.ts';
import { badHar, entryAt, exchangesOf, type Place, placeOf, scanFile } from './_har-file.ts';
import { MAX_ENTRY_BYTES, type ScannedEntry } from './_har-scan.ts';

/** Where each entry is must fit in memory. */
const MAX_ENTRIES = 1_000_000;
const MAX_HOSTS = 1_000;
const ENTRY_MIB = `${MAX_ENTRY_BYTES >> 20} MiB`;

/** HAR 1.2 as Chrome, Firefox, Safari, Playwright and recording proxies write it, of any size. */
const har: TrafficSource = {
  id: 'har',
  title: 'HAR 1.2 (.har)',
  recognises: (file, head, kind) => kind === 'file' && (/\.har$/i.test(file) || startsHar(head)),
  async read(file) {
    const name = basename(file);
    const source = `har:${name}`;
    const left = skips();
    const exchanges: Exchange[] = [];
    const exchangeAt = exchangesOf(file);
    const sessionOf = sessions();
    const hosts = new Map<string, number>();
    const seen = { entries: 0, answersLeft: 0, refused: 0, secrets: false, cookies: false };
    await scanFile(file, (found) => {
      seen.entries = found.position;
      if (found.position > MAX_ENTRIES)
        throw badHar(
          file,
          `holds more than ${MAX_ENTRIES.toLocaleString('en')} entries`,
          'Export it in parts.',
        );
      const place = placeOf(found);
      if (!place) return left.add(`longer than ${ENTRY_MIB}, and its request is not at its beginning`);
      const entry = parse(file, found, place);
      const reason = notHttp(entry);
      if (reason !== null) return left.add(reason);
      if (!place.whole) seen.answersLeft++;
      note(seen, entry);
      const { host } = new URL(entry.request.url);
      if (hosts.size < MAX_HOSTS || hosts.has(host)) hosts.set(host, (hosts.get(host) ?? 0) + 1);
      const session = sessionOf(entry._session ?? host);
      const index = exchanges.length + 1;
      const sentAt = Date.parse(entry.startedDateTime ?? '') || undefined;
      exchanges.push(exchangeAt({ index, source, session, sentAt, withheld: withheldOf(entry) }, place));
    });
    const warnings = [...left.counts].map(
      ([reason, count]) => `${name}: ${count} of ${seen.entries} entries left out: ${reason}.`,
    );
    if (hosts.size > 1)
      warnings.push(
        `${name} holds requests to ${hosts.size === MAX_HOSTS ? `${MAX_HOSTS} hosts and more` : `${hosts.size} hosts`} (${most(hosts)}): all are sent to both sides. Export those to the application alone if the others are not its own.`,
      );
    if (seen.answersLeft > 0)
      warnings.push(
        `${name}: ${seen.answersLeft} of ${seen.entries} entries are longer than ${ENTRY_MIB}: their requests are sent, their recorded answers are not read (ids given in them stay as they were recorded).`,
      );
    if (!seen.secrets && (seen.refused > 0 || seen.cookies)) {
      warnings.push(
        `${name} holds no Cookie and no Authorization header: it looks sanitised, so what needs a login is not reached. ` +
          `In Chrome export "HAR (with sensitive data)", or ${LOGIN_HINT}`,
      );
    }
    return { source: 'har', file, exchanges, skipped: left.counts, warnings } satisfies Traffic;
  },
};
export default har;

/** The three that are asked most. */
const most = (hosts: ReadonlyMap<string, number>): string =>
  [...hosts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([host, count]) => `${host.slice(0, 100)} ×${count}`)
    .join(', ') + (hosts.size > 3 ? ', …' : '');

/** @throws MigrateError when it is no JSON or no HAR entry */
function parse(file: string, { position, at, bytes, request }: ScannedEntry, place: Place): HarEntry {
  const text = place.whole ? bytes : bytes.subarray(...(request ?? []));
  let value: unknown;
  try {
    value = entryAt(text, place);
  } catch (error) {
    throw badHar(
      file,
      `is not JSON in entry ${position} at byte ${at}: ${(error as Error).message}`,
      ENTRY_HINT,
    );
  }
  const parsed = HarEntry.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'its root';
  throw badHar(
    file,
    `entry ${position} is malformed at ${where} (byte ${at}): ${issue?.message}`,
    ENTRY_HINT,
  );
}

const ENTRY_HINT = 'Take that entry out, or export the HAR again.';

/** What the warnings need to know of an entry. */
function note(seen: { refused: number; secrets: boolean; cookies: boolean }, entry: HarEntry): void {
  const names = (headers: HarEntry['request']['headers'] = []) =>
    headers.map(({ name }) => name.toLowerCase());
  seen.secrets ||= names(entry.request.headers).some((one) => one === 'cookie' || one === 'authorization');
  seen.cookies ||= names(entry.response?.headers).includes('set-cookie');
  if (entry.response?.status === 401) seen.refused++;
}

/** One text a session, not one an exchange, and no longer than a hash. */
function sessions(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const text = name.length > 200 ? createHash('sha256').update(name).digest('hex') : name;
    const same = known.get(text);
    if (same === undefined) known.set(text, text);
    return same ?? text;
  };
}
