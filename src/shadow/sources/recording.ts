import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange } from '../../model/exchange.ts';
import { type LogEntry, type LogHealth, newHealth, openFiles, readLog } from '../log/reader.ts';
import { readRedactRules } from '../log/rules.ts';
import { NUMBER_TAG, tagOf } from '../log/tokenise.ts';
import type { ReadContext, TrafficSource } from '../sources.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { isSessionCookie } from './_exchange.ts';
import { lazyExchanges } from './_lazy.ts';

/** Our own recordings: `.migrate/recordings/<name>/`. Only where records are is kept in memory, never bodies. */
const recording: TrafficSource = {
  id: 'recording',
  title: 'a recording of `migrate record` (.migrate/recordings/<name>)',
  recognises: (_file, head, kind) => kind === 'folder' && /^(recording\.json|\d{6}\.log)$/m.test(head),
  async read(folder, context) {
    const health = newHealth();
    const restored = secrets(folder, context);
    const found: (Omit<LogEntry, 'record'> & Place)[] = [];
    const names = new Map<string, string>();
    for await (const { record, segment, at, length } of readLog(folder, health)) {
      const { seq, sentAt, response } = record;
      // One text a session, not one an exchange.
      const session = names.get(record.session) ?? record.session;
      names.set(session, session);
      const gives = response && response.marks.length > 0 ? tags(response.marks) : NONE;
      found.push({ segment, at, length, seq, sentAt, session, gives, ...needs(record, restored) });
    }
    found.sort((a, b) => a.seq - b.seq);
    const exchangeOf = lazyExchanges(openFiles(folder), restored);
    const source = `recording:${basename(folder)}`;
    const known = new Set<string>();
    const missing = new Set<string>();
    const exchanges = found.map((entry, position): Exchange => {
      const { segment, at, length, session, sentAt } = entry;
      const secret = entry.needs.find(({ tag }) => !known.has(tag));
      const withheld =
        entry.broken ?? (secret && `a secret it needs was replaced when it was recorded (${secret.place})`);
      if (secret && !entry.broken) missing.add(secret.place);
      // What an exchange that is not sent would have given stays unknown.
      if (withheld === undefined) for (const tag of entry.gives) known.add(tag);
      return exchangeOf({ index: position + 1, source, session, sentAt, withheld }, { segment, at, length });
    });
    const warnings = healthWarnings(basename(folder), health);
    if (missing.size > 0) {
      warnings.push(
        `${basename(folder)}: secrets are not in a recording, and some requests need one that no answer gave (${[...missing].sort().join(', ')}). ` +
          'List environment variables that hold them under "restore" in .migrate/redact.yaml.',
      );
    }
    return { source: 'recording', file: folder, exchanges, skipped: new Map(), warnings } satisfies Traffic;
  },
};
export default recording;

interface Place {
  seq: number;
  sentAt: number;
  session: string;
  /** Replaced secrets without which the request would be another one. */
  needs: readonly { tag: string; place: string }[];
  gives: readonly string[];
  /** Why it could not be sent even with all secrets. */
  broken?: string;
}

const NONE: readonly never[] = [];

const tags = (marks: readonly { tag: string }[]): string[] => [...new Set(marks.map(({ tag }) => tag))];

function needs(
  { request }: LogEntry['record'],
  restored: ReadonlyMap<string, string>,
): Pick<Place, 'needs' | 'broken'> {
  const needed = request.marks.filter(({ tag, place }) => {
    if (restored.has(tag)) return false;
    return !place.startsWith('cookie:') || isSessionCookie(place.slice(7));
  });
  const lost = request.lost && {
    'over-cap': 'its body was longer than --max-body and was not kept',
    memory: 'its body was not kept: too many were under way at once',
    'unreadable-coding': 'its body could not be searched for secrets and was not kept',
  };
  const broken =
    lost?.[request.lost ?? 'memory'] ??
    (request.complete ? undefined : 'its client hung up before the request was complete');
  const number = needed.find(({ tag }) => tag === NUMBER_TAG);
  const unsent = number && `a secret number in it was replaced when it was recorded (${number.place})`;
  return {
    needs: needed.length === 0 ? NONE : needed,
    ...((broken ?? unsent) !== undefined && { broken: broken ?? unsent }),
  };
}

/** Tags of the secrets that the environment holds, by the recording's own key. */
function secrets(folder: string, { state, env = process.env }: ReadContext): Map<string, string> {
  const migrate = state ?? dirname(dirname(resolve(folder)));
  const restored = new Map<string, string>();
  const rules = readRedactRules(migrate);
  if (rules.restore.length === 0) return restored;
  const path = join(migrate, 'redaction.key');
  if (!statSync(path, { throwIfNoEntry: false })) {
    throw new MigrateError('REDACTION_KEY_MISSING', `${path} is not there, so no secret can be restored.`, {
      hint: 'Replay where it was recorded, or leave "restore" in .migrate/redact.yaml empty.',
    });
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  for (const name of rules.restore) {
    const value = env[name];
    if (value !== undefined && value !== '') restored.set(tagOf(key, value), value);
  }
  return restored;
}

const LOSSES: Record<string, string> = {
  notRecorded: 'exchanges were not recorded: the disk was full or too slow',
  overCap: 'bodies were longer than --max-body and were not kept',
  memory: 'bodies were not kept: too many were under way at once',
  unreadableCoding: 'bodies could not be searched for secrets and were not kept',
  malformed: 'malformed requests were refused by the proxy',
};

function healthWarnings(name: string, { damaged, tornBytes, losses }: LogHealth): string[] {
  const out = Object.entries(LOSSES).flatMap(([key, text]) =>
    losses[key] ? [`${losses[key]} ${text}`] : [],
  );
  if (damaged > 0) out.push(`${damaged} records are damaged and left out`);
  if (tornBytes > 0) out.push(`${tornBytes} bytes at its end are torn and left out`);
  return out.map((text) => `${name}: ${text}.`);
}
