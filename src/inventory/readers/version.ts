import semver from 'semver';

/** LTS code names as `.nvmrc` and `FROM` use them. Source: nodejs/Release, read 2026-11-23. */
const CODENAMES: Record<string, string> = { hydrogen: '18', iron: '20', jod: '22', krypton: '24' };

/**
 * The semver range a pin means, or null for an alias or a variable (`lts/*`, `node`, `latest`, `${{ … }}`).
 * `20-alpine` and `v20.11` are versions with decoration.
 */
export function pinRange(value: string): string | null {
  const plain = value.trim().replace(/^(?:nodejs?|bun|deno)[@-]?(?=\d)/i, '');
  const codename = /^(?:lts\/)?([a-z]+)(?:-|$)/i.exec(plain)?.[1]?.toLowerCase();
  if (codename && CODENAMES[codename]) return CODENAMES[codename] ?? null;
  const tag =
    /^v?(\d+(?:\.(?:\d+|x|\*)){0,2})(?:-(?:alpine|slim|bookworm|bullseye|buster|trixie|debian|windows|distroless|current|canary).*)?$/.exec(
      plain,
    );
  if (tag?.[1]) return tag[1];
  return plain && semver.validRange(plain) ? plain : null;
}

/** Whether no version satisfies both ranges. */
export function disagree(one: string, other: string): boolean {
  try {
    return !semver.intersects(one, other, { includePrerelease: true });
  } catch {
    return false;
  }
}
