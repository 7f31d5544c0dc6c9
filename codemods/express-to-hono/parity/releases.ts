import semver from 'semver';

/** Something an earlier release of Express answered otherwise than the one the blocks were measured with. */
interface Earlier {
  /** Releases before this one. */
  before: string;
  /** Text of a block, and what stands there for those releases. */
  text: string;
  was: string;
}

/** Sources: the History.md of express 4.17.0 (finalhandler 1.1.2) and 4.20.0, compared with both installed. */
const EARLIER: readonly Earlier[] = [
  {
    before: '4.17.0',
    text: "'Content-Security-Policy', \"default-src 'none'\"",
    was: "'Content-Security-Policy', \"default-src 'self'\"",
  },
  {
    before: '4.20.0',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text of the module that is written
    text: '. Redirecting to ${escapeHtml(address)}</p>`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the same
    was: '. Redirecting to <a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>`',
  },
];

/**
 * Gives a parity module the answers of the release of Express that was installed.
 *
 * @param release its version; null when nothing is installed: the newest is assumed
 */
export function asInRelease(text: string, release: string | null): string {
  if (release === null || semver.valid(release) === null) return text;
  return EARLIER.filter(({ before }) => semver.lt(release, before)).reduce(
    (all, { text: now, was }) => all.replaceAll(now, was),
    text,
  );
}
