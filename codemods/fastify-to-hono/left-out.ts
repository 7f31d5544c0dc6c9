import type { LeftOut } from '../../src/model/changeset.ts';
import type { Location } from '../../src/model/location.ts';

const CODEMOD = 'fastify-to-hono';

/** What clients can see of the conversion: nothing that one can reasonably rely on. */
export function leftOut(places: Location[]): LeftOut[] {
  const one = (behaviour: string, about: string, differences: LeftOut['differences']): LeftOut => ({
    ...{
      behaviour,
      codemod: CODEMOD,
      rule: `parity/${behaviour}`,
      about,
      scope: 'application',
      places,
      differences,
    },
  });
  return [
    one('charset', 'Hono writes `application/json` and `text/plain;charset=UTF-8`', [
      {
        location: 'header:content-type',
        kind: 'header-value',
        about: 'the charset is written otherwise, or left out where it is the default',
      },
    ]),
    one('content-length', 'an answer without a body, or to HEAD, is framed otherwise', [
      {
        ...{ location: 'header:transfer-encoding', kind: 'header-added' },
        about: 'an answer without a body may come in chunks, of which there is none',
      },
      {
        location: 'header:content-length',
        kind: 'header-missing',
        about: 'the length of an answer without a body',
      },
    ]),
  ];
}
