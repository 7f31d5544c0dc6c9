import { describe, expect, it } from 'vitest';
import { type Needs, supportNames } from './files.ts';

const NEEDS: Needs = {
  ...{ release: 5, isEarly: false, namesTypes: false, findsNone: false, target: 'node', beside: false },
  ...{ log: false, schemas: false, inject: false, packages: [] },
};

describe('files beside the application', () => {
  it('say what the release of Fastify says', () => {
    const sourcesOf = (needs: Partial<Needs>) => {
      const found = supportNames({ ...NEEDS, ...needs });
      return ['rules', 'malformed', 'json-errors', 'media', 'too-long'].map((name) => found.get(name));
    };
    expect(sourcesOf({})).toEqual(['rules', 'malformed', undefined, 'media', 'too-long']);
    expect(sourcesOf({ namesTypes: true })[3]).toBe('media-early');
    expect(sourcesOf({ release: 4, isEarly: true, namesTypes: true, findsNone: true })).toEqual([
      'rules-4',
      'malformed-early',
      'json-errors',
      'media-early',
      'too-long-early',
    ]);
  });

  it('ask the server of the target who the client is, under the name that is imported', () => {
    const asked = (needs: Partial<Needs>) =>
      supportNames({ ...NEEDS, packages: ['client-ip'], ...needs }).get('client-ip');
    expect(asked({ target: 'deno' })).toBe('client-ip-deno');
    expect(asked({ target: 'deno', beside: true })).toBe('client-ip-node');
  });
});
