/** The official image of Node, by its usual names. */
const NODE = /^(?:docker\.io\/)?(?:library\/)?node(?::([\w.-]+))?(?:@sha256:[0-9a-f]+)?$/;

/**
 * The image of Bun that stands for one of Node: the same libc, so that compiled packages of the stage before still load.
 *
 * @param version exact, `1.4.5`
 * @returns null where the image is another one
 */
export function imageOnBun(image: string, version: string): string | null {
  const found = NODE.exec(image);
  if (!found) return null;
  const tag = found[1] ?? '';
  const kind = /alpine/.test(tag) ? '-alpine' : /slim/.test(tag) ? '-slim' : '';
  return `oven/bun:${version}${kind}`;
}

/** The user that an image has beside root: `node` in Node's, `bun` in Bun's; both are 1000. */
export const userOnBun = (user: string): string =>
  user.replace(/^node(?=:|$)/, 'bun').replace(/:node$/, ':bun');
