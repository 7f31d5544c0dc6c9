import { evidenceOnLine } from '../../evidence.ts';
import { declarations, said, stringEntries } from '../../manifests.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** Settings of npm and pnpm that decide what is installed where. */
const SETTINGS =
  /^(?:legacy-peer-deps|strict-peer-dependencies|node-linker|shamefully-hoist|public-hoist-pattern|hoist-pattern|auto-install-peers|install-links)$/;

/** What pnpm does without being told (8 and later): said, it changes nothing. Source: pnpm.io/settings. */
const AS_ALWAYS: Readonly<Record<string, string>> = {
  'auto-install-peers': 'true',
  'strict-peer-dependencies': 'false',
  'shamefully-hoist': 'false',
  'node-linker': 'isolated',
};

const rule: RepositoryRule = {
  id: 'installs',
  title: 'what the package manager is told',
  kinds: ['only-allow', 'npmrc-setting', 'npmrc-registry', 'dependency-protocol'],
  async see({ repository, manifests }) {
    const seen: Seen[] = [];
    for (const manifest of manifests)
      for (const [name, command] of stringEntries(manifest.raw.scripts)) {
        const only = /(?:^|\s)only-allow\s+(\w+)/.exec(command)?.[1];
        if (/^(pre)?install$/.test(name) && only)
          seen.push({ ...said(manifest, 'scripts', name), kind: 'only-allow', name: only });
      }
    for (const { manifest, field, name, range } of declarations(manifests)) {
      const protocol = /^(portal|catalog|link|patch|exec):/.exec(range)?.[1];
      if (protocol)
        seen.push({ ...said(manifest, field, name), kind: 'dependency-protocol', name: `${protocol}:` });
    }
    for (const file of repository.files.filter((path) => /(^|\/)\.npmrc$/.test(path))) {
      const lines = ((await repository.read(file)) ?? '').split('\n');
      for (const [at, line] of lines.entries()) {
        const [, key = '', value = ''] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
        // The line itself may hold a secret: only its key is told.
        const { location, known } = evidenceOnLine(file, lines, at);
        if (SETTINGS.test(key) && AS_ALWAYS[key] !== value)
          seen.push({ location, known, kind: 'npmrc-setting', name: key });
        if (/^@[\w.-]+:registry$|:_auth(?:Token)?$|^\/\/.*:(?:certfile|keyfile)$/.test(key))
          seen.push({ location, known, kind: 'npmrc-registry', name: key.replace(/^\/\/[^:]*:/, '') });
      }
    }
    return { seen };
  },
};

export default rule;
