import type { Mark } from '../log/record.ts';

/** Finds out which requests belong to one client: by the credentials it was given, else by its connection. */
export interface Sessions {
  /** @param marks credentials of the request, as tags */
  of(connection: number, marks: readonly Mark[]): string;
  /** What an answer gave (a cookie, a token) belongs to the session that got it. */
  gave(session: string, marks: readonly Mark[]): void;
}

const MAX_TAGS = 100_000;

/** An empty {@link Sessions}. Memory is bounded: the oldest credentials are forgotten. */
export function sessions(): Sessions {
  const byTag = new Map<string, string>();
  const remember = (tag: string, session: string) => {
    if (byTag.has(tag)) return;
    byTag.set(tag, session);
    if (byTag.size <= MAX_TAGS) return;
    const [oldest] = byTag.keys();
    if (oldest !== undefined) byTag.delete(oldest);
  };
  const isCredential = ({ place }: Mark) => place === 'authorization' || place.startsWith('cookie:');
  return {
    of(connection, marks) {
      const credentials = marks.filter(isCredential);
      const known = credentials.map(({ tag }) => byTag.get(tag)).find((one) => one !== undefined);
      const session =
        known ??
        credentials[0]?.tag.replace('REDACTED-', 'client-').slice(0, 19) ??
        `connection-${connection}`;
      for (const { tag } of credentials) remember(tag, session);
      return session;
    },
    gave(session, marks) {
      for (const { tag } of marks) remember(tag, session);
    },
  };
}
