import { describe, expect, it } from 'vitest';
import { type Needs, supportNames } from './files.ts';

const NEEDS: Needs = {
  ...{
    release: 5,
    isEarly: false,
    namesTypes: false,
    findsNone: false,
    validates: 'now',
    target: 'node',
    beside: false,
  },
  ...{ log: false, schemas: false, inject: false, packages: [] },
};

describe('files beside the application', () => {
  it('say what the release of Fastify says', () => {
    const sourcesOf = (needs: Partial<Needs>) => {
      const found = supportNames({ ...NEEDS, ...needs });
      return ['rules', 'malformed', 'json-errors', 'media', 'too-long', 'validators'].map((name) =>
        found.get(name),
      );
    };
    expect(sourcesOf({})).toEqual(['rules', 'malformed', undefined, 'media', 'too-long', undefined]);
    expect(sourcesOf({ namesTypes: true })[3]).toBe('media-early');
    expect(sourcesOf({ schemas: true })[5]).toBe('validators');
    const early = {
      isEarly: true,
      namesTypes: true,
      findsNone: true,
      validates: 'first' as const,
      schemas: true,
    };
    expect(sourcesOf({ release: 4, ...early })).toEqual([
      'rules-4',
      'malformed-early',
      'json-errors',
      'media-early',
      'too-long-early',
      'validators-first',
    ]);
  });

  it('ask the server of the target who the client is, under the name that is imported', () => {
    const asked = (needs: Partial<Needs>) =>
      supportNames({ ...NEEDS, packages: ['client-ip'], ...needs }).get('client-ip');
    expect(asked({ target: 'deno' })).toBe('client-ip-deno');
    expect(asked({ target: 'deno', beside: true })).toBe('client-ip-node');
  });
});
