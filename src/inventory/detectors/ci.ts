import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml';
import type { Deployment, NotChecked, RuntimePin, Sign } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { evidenceAt } from '../evidence.ts';
import { runtimeImage } from '../readers/dockerfile.ts';
import { pinRange } from '../readers/version.ts';

/** Actions that install a runtime, and the input that fixes its version. */
const SETUP: Record<string, { runtime: RuntimePin['runtime']; input: string }> = {
  'actions/setup-node': { runtime: 'node', input: 'node-version' },
  'oven-sh/setup-bun': { runtime: 'bun', input: 'bun-version' },
  'denoland/setup-deno': { runtime: 'deno', input: 'deno-version' },
};

const CI =
  /^\.github\/(workflows|actions)\/.+\.ya?ml$|^\.gitlab-ci\.ya?ml$|^\.circleci\/config\.ya?ml$|^\.travis\.ya?ml$|^azure-pipelines\.ya?ml$|^bitbucket-pipelines\.ya?ml$|^\.woodpecker\.ya?ml$/;
const PLATFORM = /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$|(^|\/)(serverless|template|render|app)\.ya?ml$/;

const detector: Detector = {
  id: 'ci',
  title: 'runtimes fixed by CI workflows and deployment manifests',
  async detect({ repository }) {
    const pins: RuntimePin[] = [];
    const deployment: Deployment[] = [];
    const notChecked: NotChecked[] = [];
    const signs: Sign[] = [];
    for (const file of repository.files.filter((path) => CI.test(path) || PLATFORM.test(path))) {
      const text = await repository.read(file);
      if (text === null) continue;
      const source = CI.test(file) ? 'ci' : 'platform';
      const lines = new LineCounter();
      const document = parseDocument(text, { lineCounter: lines });
      const broken = document.errors[0];
      if (broken) {
        const { line, col } = lines.linePos(broken.pos[0]);
        notChecked.push({
          what: `${file}: the runtimes it fixes`,
          reason: `not valid YAML (${broken.code.toLowerCase().replaceAll('_', ' ')})`,
          location: { file, line: Math.max(line, 1), column: Math.max(col, 1) },
        });
        continue;
      }
      const pin = (runtime: RuntimePin['runtime'], node: Node | null | undefined, value: string) => {
        const evidence = evidenceAt(file, text, node?.range?.[0] ?? 0, 'read');
        pins.push({ ...evidence, source, runtime, value, range: pinRange(value) });
      };
      visit(document, {
        Scalar(_, node, path) {
          if (source === 'ci' && isCommand(path as Node[], node.value))
            for (const name of String(node.value)
              .split('\n')
              .map((line) => line.trim())
              .filter(Boolean))
              signs.push({
                ...evidenceAt(file, text, node.range?.[0] ?? 0, 'read'),
                kind: 'ci-command',
                name,
              });
        },
        Map(_, map, path) {
          const uses = map.get('uses');
          const action = typeof uses === 'string' ? SETUP[uses.split('@')[0] ?? ''] : undefined;
          if (!action) return;
          deployment.push({
            ...evidenceAt(file, text, offsetOf(map, 'uses'), 'read'),
            kind: 'ci',
            file,
            value: String(uses),
          });
          const inputs = map.get('with');
          const node = isMap(inputs) ? inputs.get(action.input, true) : null;
          if (!isScalar(node)) return;
          const values = versionsOf(node, path as Node[]);
          for (const item of values) pin(action.runtime, item, asWritten(item, text));
          if (values.length > 0) return;
          notChecked.push({
            what: `${file}: the ${action.runtime} that \`${uses}\` sets up`,
            reason: `\`${node.value}\` has no value that is written in this file`,
            location: evidenceAt(file, text, node.range?.[0] ?? 0, 'read').location,
          });
        },
        Pair(_, pair, path) {
          const key = isScalar(pair.key) ? String(pair.key.value) : '';
          const value = pair.value;
          if (!isScalar(value) || typeof value.value !== 'string') return;
          if (isImage(key, path as Node[])) {
            // `image` beside `build` names what is built here.
            const built = path.at(-1);
            if (!(isMap(built) && built.has('build')))
              deployment.push({
                ...evidenceAt(file, text, value.range?.[0] ?? 0, 'read'),
                kind: 'image',
                file,
                value: value.value,
              });
            const image = runtimeImage(value.value);
            if (image) pin(image.runtime, value, image.tag);
          }
          const managed = /^runtime$/i.test(key) ? /^nodejs(\d+)/.exec(value.value)?.[1] : undefined;
          if (managed) pin('node', value, managed);
        },
      });
    }
    return { pins, deployment, notChecked, signs };
  },
};

/** `run: x` of GitHub, `script: [x]` of GitLab and others. */
function isCommand(path: readonly unknown[], value: unknown): boolean {
  const pair = path.findLast((node) => isPair(node));
  const key = isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : '';
  return (
    typeof value === 'string' &&
    /^(run|script|before_script|after_script|command)$/.test(key) &&
    value !== key
  );
}

/** `image: x`, `container: x`, and `image: { name: x }` as GitLab has it. */
function isImage(key: string, path: readonly unknown[]): boolean {
  if (key === 'image' || key === 'container') return true;
  const outer = path.at(-2);
  return key === 'name' && isPair(outer) && isScalar(outer.key) && outer.key.value === 'image';
}

/** What an input is: itself, or what `matrix.<name>` and `env.<name>` are given around the step. */
function versionsOf(node: Scalar, path: readonly Node[]): Node[] {
  const [, context, name] = /^\$\{\{\s*(?:(matrix|env)\.)?([\w-]+).*\}\}$/.exec(String(node.value)) ?? [];
  if (name === undefined) return [node];
  if (context === 'matrix') return matrixValues(path, name);
  for (const ancestor of context === 'env' ? path.toReversed() : []) {
    const env = isMap(ancestor) ? ancestor.get('env') : null;
    const value = isMap(env) ? env.get(name, true) : null;
    if (isScalar(value)) return [value as Node];
  }
  return [];
}

/** Scalars of `strategy.matrix.<name>` in the job around a step, `include` entries too. */
function matrixValues(path: readonly unknown[], name: string): Node[] {
  for (const ancestor of path) {
    const strategy = isMap(ancestor) ? ancestor.get('strategy') : null;
    const matrix = isMap(strategy) ? strategy.get('matrix') : null;
    if (!isMap(matrix)) continue;
    const direct = matrix.get(name, true);
    const include = matrix.get('include');
    const included = isSeq(include)
      ? include.items.map((item) => (isMap(item) ? item.get(name, true) : null))
      : [];
    return [...(isSeq(direct) ? direct.items : [direct]), ...included].filter(
      (item): item is Scalar => isScalar(item) && !String(item.value).startsWith('${{'),
    );
  }
  return [];
}

/** `20` and `18.10` as the file has them: YAML reads 18.10 as the number 18.1. */
const asWritten = (node: Node, text: string): string =>
  text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0).replace(/^["']|["']$/g, '');

function offsetOf(map: { items: readonly Pair[] }, key: string): number {
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}

export default detector;
