import type { Making } from './making.ts';

/** A path as the source writes it, requests that it was made for, and the parameters it has. */
export interface Path {
  code: string;
  samples: string[];
  params: string[];
}

const WORDS = ['items', 'users', 'notes', 'files', 'Orders', 'api', 'v1', 'x-y', 'a_b', 'stats'];
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const path = (text: string, samples: string[], ...params: string[]): Path => ({
  ...{ code: quote(text), samples, params },
});

/** A path without parameters, for a prefix or a route. */
export function plainPath({ random }: Making): Path {
  const text = `/${random.pick(WORDS)}${random.chance(0.2) ? `/${random.pick(WORDS)}` : ''}`;
  const end = random.chance(0.06) ? '/' : '';
  return path(text + end, [text]);
}

/** A prefix for a mount: now and then with a parameter. */
export function prefixPath(making: Making): Path {
  const { random } = making;
  if (random.chance(0.75)) return plainPath(making);
  const word = random.pick(WORDS);
  if (random.chance(0.7)) return path(`/${word}/:owner`, [`/${word}/7`, `/${word}/ann`], 'owner');
  const other = random.pick(WORDS);
  return {
    code: `[${quote(`/${word}`)}, ${quote(`/${other}`)}]`,
    samples: [`/${word}`, `/${other}`],
    params: [],
  };
}

/** A path of a route. */
export function routePath(making: Making): Path {
  const { random, style } = making;
  const word = random.pick(WORDS);
  const both: [number, () => Path][] = [
    [22, () => plainPath(making)],
    [10, () => path('/', ['/'])],
    [16, () => path(`/${word}/:id`, [`/${word}/7`, `/${word}/bad`, `/${word}/a%20b`], 'id')],
    [5, () => path(`/${word}/:id/parts/:part`, [`/${word}/7/parts/x`], 'id', 'part')],
    [4, () => path('/:id', ['/7', '/none', '/%E4%BD%A0'], 'id')],
    [3, () => path(`/${word}/:from-:to`, [`/${word}/a-b`, `/${word}/a-b-c`], 'from', 'to')],
    [3, () => path(`/${word}/:name.:ext`, [`/${word}/a.txt`, `/${word}/a.b.c`], 'name', 'ext')],
    [2, () => ({ code: `/^\\/${word}\\/(\\d+)$/`, samples: [`/${word}/12`, `/${word}/x`], params: ['0'] })],
    [1, () => ({ code: `/.*fly$/i`, samples: ['/butterfly', '/dragonFly'], params: [] })],
    [2, () => ({ code: `/^\\/${word}\\/(?<id>[a-z]+)$/`, samples: [`/${word}/abc`], params: ['id'] })],
    [
      3,
      () => ({
        code: `[${quote(`/${word}`)}, ${quote(`/${word}-too/:id`)}]`,
        samples: [`/${word}`, `/${word}-too/3`],
        params: ['id'],
      }),
    ],
  ];
  const four: [number, () => Path][] = [
    [3, () => path(`/${word}/:id?`, [`/${word}`, `/${word}/7`], 'id')],
    [3, () => path(`/${word}/*`, [`/${word}/a/b`, `/${word}/`], '0')],
    [3, () => path(`/${word}/:id(\\d+)`, [`/${word}/12`, `/${word}/x`], 'id')],
    [1, () => path('/ab?cd', ['/acd', '/abcd'])],
    [1, () => path('/ab(cd)?e', ['/abe', '/abcde'], '0')],
    [1, () => path('/ab+cd', ['/abbcd'])],
    [1, () => path('*', ['/anything/at/all'], '0')],
    [1, () => path(`/${word}/:id*`, [`/${word}/a/b`, `/${word}`], 'id')],
  ];
  const five: [number, () => Path][] = [
    [3, () => path(`/${word}{/:id}`, [`/${word}`, `/${word}/7`], 'id')],
    [3, () => path(`/${word}/*rest`, [`/${word}/a/b`, `/${word}/a%2Fb`], 'rest')],
    [1, () => path('/{*all}', ['/anything/at/all', '/'], 'all')],
    [1, () => path(`/${word}{-:id}`, [`/${word}`, `/${word}-5`], 'id')],
  ];
  return random.weighted([...both, ...(style.express === 4 ? four : five)])();
}
