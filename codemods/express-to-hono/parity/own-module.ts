import type { CodemodInput } from '../../../src/codemod/contract.ts';

/** How the module begins that the conversion writes. */
export const PARITY_MARK = 'Keeps what clients saw of this application when it ran on Express';

/** How it goes on where Hono answers by itself, as `--parity idiomatic` has it. */
export const NATIVE_MARK = ', where Hono does otherwise.';

/** Our own module may hold Express, behind its bridge: that application is not one to convert. */
export async function withoutParity(input: CodemodInput): Promise<string[]> {
  const paths: string[] = [];
  for (const path of input.paths) {
    const own =
      /(^|\/)express-parity\.[cm]?[jt]s$/.test(path) && (await input.read(path))?.includes(PARITY_MARK);
    if (own !== true) paths.push(path);
  }
  return paths;
}
