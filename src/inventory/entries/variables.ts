import { posix } from 'node:path';
import { parse } from 'yaml';
import type { Repository } from '../../workspace/repository.ts';
import { isRecord } from '../manifests.ts';

const VARIABLE = /\$\{([^${}]+)\}/g;
/** Files inside files, and variables inside variables, are followed so deep. */
const DEEPEST = 8;

/**
 * A manifest of Serverless with its variables filled: `${self:custom.name}`, `${file(functions.yml):list}` and the value
 * that stands for what only a deployment knows: `${opt:stage, 'dev'}`. What is left stays as it is written.
 * Source: Serverless Framework's documentation, Variables.
 */
export async function resolved(
  manifest: Record<string, unknown>,
  file: string,
  repository: Pick<Repository, 'read' | 'has'>,
): Promise<Record<string, unknown>> {
  const folder = posix.dirname(file);

  async function variable(said: string, depth: number): Promise<unknown> {
    const [first = '', ...rest] = said.split(',').map((part) => part.trim());
    const own = /^self:([\w.-]+)$/.exec(first)?.[1];
    const found = own === undefined ? await fileOf(first, depth) : at(manifest, own);
    if (found !== undefined && !(typeof found === 'string' && found === `\${${said}}`))
      return fill(found, depth + 1);
    const [other] = rest;
    const [, text] = /^(?:'([^']*)'|"[^"]*")$/.exec(other ?? '') ?? [];
    if (other === undefined) return undefined;
    return text ?? (/^["']/.test(other) ? other.slice(1, -1) : variable(rest.join(','), depth + 1));
  }

  async function fileOf(said: string, depth: number): Promise<unknown> {
    const [, named, inside] = /^file\(([^)]+)\)(?::([\w.-]+))?$/.exec(said) ?? [];
    if (named === undefined || depth > DEEPEST) return undefined;
    const path = posix.normalize(posix.join(folder, named));
    if (!/\.(ya?ml|json)$/.test(path) || !repository.has(path)) return undefined;
    const text = await repository.read(path);
    let value: unknown;
    try {
      value = parse(text ?? '', { logLevel: 'silent' });
    } catch {
      return undefined;
    }
    return inside === undefined ? value : at(value, inside);
  }

  async function fill(value: unknown, depth: number): Promise<unknown> {
    if (depth > DEEPEST) return value;
    if (typeof value === 'string') return fillText(value, depth);
    if (Array.isArray(value)) return Promise.all(value.map((item) => fill(item, depth)));
    if (!isRecord(value)) return value;
    const filled: Record<string, unknown> = {};
    for (const [key, held] of Object.entries(value)) filled[key] = await fill(held, depth);
    return filled;
  }

  async function fillText(text: string, depth: number): Promise<unknown> {
    const [whole] = [...text.matchAll(VARIABLE)];
    if (whole === undefined) return text;
    if (whole[0] === text.trim()) return (await variable(whole[1] ?? '', depth)) ?? text;
    let filled = '';
    let end = 0;
    for (const match of text.matchAll(VARIABLE)) {
      const value = await variable(match[1] ?? '', depth);
      filled +=
        text.slice(end, match.index) +
        (typeof value === 'string' || typeof value === 'number' ? value : match[0]);
      end = match.index + match[0].length;
    }
    return filled + text.slice(end);
  }

  return {
    ...manifest,
    functions: await fill(manifest.functions, 0),
    provider: await fill(manifest.provider, 0),
  };
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((held, name) => (isRecord(held) ? held[name] : undefined), value);
