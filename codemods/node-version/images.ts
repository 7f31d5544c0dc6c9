import { isMap, isScalar, parseDocument } from 'yaml';
import { instructions, stageOf } from '../shared/docker/instructions.ts';
import { isCompose, isDockerfile } from '../shared/docker/names.ts';
import type { Pin } from './pin.ts';

export const isImages = (path: string): boolean => isDockerfile(path) || isCompose(path);

/** The official image of Node, by its usual names, as far as its tag. */
const NODE = /^((?:docker\.io\/)?(?:library\/)?node)(?::([^@]*))?(@sha256:[0-9a-f]+)?$/;
/** A tag: the version first, then the system. */
const TAG = /^(?:\d+(?:\.\d+){0,2}|lts|current|latest|[a-z]+(?=$|-))(-[\w.-]+)?$/;
const SYSTEM = /^(?:alpine|slim|bookworm|bullseye|buster|trixie)/;

/** Images of Node in a Dockerfile or a Compose file. */
export function imagePins(path: string, text: string, version: string): Pin[] {
  if (isDockerfile(path))
    return instructions(text).flatMap((one) => {
      const image = one.keyword === 'FROM' ? stageOf(one)?.image : undefined;
      return image ? imagePin(image.text, image.start, version) : [];
    });
  const document = parseDocument(text);
  const services = document.errors.length > 0 ? null : document.get('services');
  if (!isMap(services)) return [];
  return services.items.flatMap(({ value }) => {
    const image = isMap(value) ? value.get('image', true) : null;
    if (!isScalar(image) || !image.range || typeof image.value !== 'string') return [];
    return imagePin(image.value, image.range[0] + (image.type === 'PLAIN' ? 0 : 1), version);
  });
}

function imagePin(written: string, start: number, version: string): Pin[] {
  const [, name = '', tag = '', digest] = NODE.exec(written) ?? [];
  const span = { start, end: start + written.length };
  if (name === '') return [];
  if (digest !== undefined)
    return [{ span, name: 'the image', reason: `\`${written}\` names one image by its digest` }];
  const system = SYSTEM.test(tag) ? `-${tag}` : tag === '' ? '' : TAG.exec(tag)?.[1];
  if (system === undefined && !TAG.test(tag))
    return [{ span, name: 'the image', reason: `what \`${tag}\` is was not recognised` }];
  return [{ span, name: 'the image', becomes: `${name}:${version}${system ?? ''}` }];
}
