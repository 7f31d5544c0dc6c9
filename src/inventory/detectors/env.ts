import { parse } from 'yaml';
import type { EnvironmentVariable } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import type { Detector } from '../detector.ts';
import { evidenceAt, evidenceOnLine } from '../evidence.ts';
import { declarations, isRecord } from '../manifests.ts';
import { parseConfig } from '../readers/json.ts';

const detector: Detector = {
  id: 'env',
  title: 'environment variables',
  async detect({ repository, manifests, roles, survey }) {
    const { isOwn, of } = await roles();
    const all = [...(await survey()).files.values()].filter(({ path }) => isOwn(path));
    // What the application reads comes before what only its tools do.
    const isApplication = ({ path }: { path: string }) => of(path) === 'application';
    const files = [...all.filter(isApplication), ...all.filter((file) => !isApplication(file))];
    const declared = new Set(declarations(manifests).map(({ name }) => name));
    return {
      env: [
        ...files.flatMap((file) => file.env),
        ...(declared.has('dotenv-safe') ? await required(repository) : []),
        ...(declared.has('config') ? await mapped(repository) : []),
      ],
    };
  },
};

/** dotenv-safe ends the process unless every name of `.env.example` is set. */
async function required(repository: Repository): Promise<EnvironmentVariable[]> {
  const file = '.env.example';
  const text = repository.has(file) ? await repository.read(file) : null;
  const lines = (text ?? '').split('\n');
  return lines.flatMap((line, index) => {
    const name = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1];
    return name ? [{ ...evidenceOnLine(file, lines, index), name }] : [];
  });
}

/** The `config` package takes values from the variables that this file names. */
async function mapped(repository: Repository): Promise<EnvironmentVariable[]> {
  const file = ['json', 'yaml', 'yml']
    .map((end) => `config/custom-environment-variables.${end}`)
    .find((path) => repository.has(path));
  const text = file === undefined ? null : await repository.read(file);
  if (file === undefined || text === null) return [];
  const names = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : isRecord(value)
        ? Object.entries(value).flatMap(([key, inner]) => (key === '__format' ? [] : names(inner)))
        : [];
  const settings: unknown = file.endsWith('.json') ? parseConfig(text) : parse(text);
  return names(settings).map((name) => ({
    ...evidenceAt(file, text, Math.max(text.search(new RegExp(`\\b${name}\\b`)), 0), 'read'),
    name,
  }));
}

export default detector;
