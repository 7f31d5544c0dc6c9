import type { RuntimePin } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { evidenceOnLine } from '../evidence.ts';
import { isRecord, said, stringEntries } from '../manifests.ts';
import { pinRange } from '../readers/version.ts';

type Runtime = RuntimePin['runtime'];
const runtimeNamed = (name: string): Runtime | null =>
  name === 'nodejs' || name === 'node' ? 'node' : name === 'bun' || name === 'deno' ? name : null;

const detector: Detector = {
  id: 'version-files',
  title: 'runtime versions in package.json and version files',
  async detect({ repository, manifests }) {
    const pins: RuntimePin[] = [];
    for (const manifest of manifests) {
      for (const [key, source] of [
        ['engines', 'engines'],
        ['volta', 'volta'],
      ] as const) {
        for (const [name, value] of stringEntries(manifest.raw[key])) {
          const runtime = runtimeNamed(name);
          if (runtime)
            pins.push({ ...said(manifest, key, name), source, runtime, value, range: pinRange(value) });
        }
      }
      const dev = isRecord(manifest.raw.devEngines) ? manifest.raw.devEngines.runtime : null;
      for (const [index, item] of (Array.isArray(dev) ? dev : [dev]).entries()) {
        if (!isRecord(item) || typeof item.version !== 'string') continue;
        const runtime = runtimeNamed(String(item.name));
        const path = Array.isArray(dev) ? ['devEngines', 'runtime', index] : ['devEngines', 'runtime'];
        if (runtime) {
          pins.push({
            ...said(manifest, ...path, 'version'),
            source: 'devEngines',
            runtime,
            value: item.version,
            range: pinRange(item.version),
          });
        }
      }
    }
    for (const file of repository.files) {
      const reader = READERS[file.slice(file.lastIndexOf('/') + 1)];
      const text = reader ? await repository.read(file) : null;
      if (!reader || text === null) continue;
      const lines = text.split('\n');
      for (const { line, runtime, value } of reader.read(lines)) {
        pins.push({
          ...evidenceOnLine(file, lines, line),
          source: reader.source,
          runtime,
          value,
          range: pinRange(value),
        });
      }
    }
    return { pins };
  },
};

interface Reader {
  source: RuntimePin['source'];
  read(lines: readonly string[]): { line: number; runtime: Runtime; value: string }[];
}

const firstLine = (source: RuntimePin['source'], runtime: Runtime): Reader => ({
  source,
  read(lines) {
    const line = lines.findIndex((text) => text.trim() !== '' && !text.trim().startsWith('#'));
    return line === -1 ? [] : [{ line, runtime, value: (lines[line] ?? '').trim() }];
  },
});

const READERS: Record<string, Reader> = {
  '.nvmrc': firstLine('.nvmrc', 'node'),
  '.node-version': firstLine('.node-version', 'node'),
  '.bun-version': firstLine('.node-version', 'bun'),
  '.tool-versions': {
    source: '.tool-versions',
    read: (lines) =>
      lines.flatMap((text, line) => {
        const [name = '', value] = text.trim().split(/\s+/);
        const runtime = runtimeNamed(name);
        return runtime && value ? [{ line, runtime, value }] : [];
      }),
  },
  'mise.toml': toml(),
  '.mise.toml': toml(),
};

/** `node = "20"` under `[tools]`: the one form of mise's file that fixes a version directly. */
function toml(): Reader {
  return {
    source: 'mise',
    read(lines) {
      let tools = false;
      return lines.flatMap((text, line) => {
        const section = /^\s*\[([^\]]+)\]/.exec(text)?.[1];
        if (section) tools = section.trim() === 'tools';
        const entry = tools ? /^\s*"?(\w+)"?\s*=\s*(?:\[\s*)?["']([^"']+)["']/.exec(text) : null;
        const runtime = runtimeNamed(entry?.[1] ?? '');
        return runtime && entry?.[2] ? [{ line, runtime, value: entry[2] }] : [];
      });
    },
  };
}

export default detector;
