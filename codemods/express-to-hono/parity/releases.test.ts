import { expect, it } from 'vitest';
import { assembleParity } from './assemble.ts';

const textFor = (release: string | null) =>
  assembleParity({
    names: ['notFound', 'redirect'],
    format: 'cjs',
    typescript: false,
    expressVersion: 4,
    release,
  }).text;

it('error pages and redirects are those of the release that was installed', () => {
  expect(textFor('4.16.4')).toContain("default-src 'self'");
  expect(textFor('4.16.4')).toContain('Redirecting to <a href=');
  expect(textFor('4.18.2')).toContain("default-src 'none'");
  expect(textFor('4.18.2')).toContain('Redirecting to <a href=');
  expect(textFor('4.22.3')).toBe(textFor(null));
  expect(textFor(null)).toContain("default-src 'none'");
  expect(textFor(null)).not.toContain('<a href=');
});
