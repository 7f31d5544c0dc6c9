import { afterEach, expect, it, vi } from 'vitest';
import { appEnvironment } from './environment.ts';

const environment = () =>
  appEnvironment({
    ...{ entry: 'app.js', dir: '/app', host: '127.0.0.1', port: 1, script: null, listenHook: '/hook.cjs' },
    runFolder: '/logs',
  });

afterEach(() => vi.unstubAllEnvs());

it('hands on what the user set, and not what Vitest adds to it', () => {
  vi.stubEnv('BASE_URL', 'https://example.com');
  vi.stubEnv('MODE', 'strict');
  expect(environment()).not.toHaveProperty('BASE_URL');
  vi.stubEnv('VITEST', undefined);
  expect(environment()).toMatchObject({ BASE_URL: 'https://example.com', MODE: 'strict', PORT: '1' });
});

it('hands on nothing of the package manager', () => {
  vi.stubEnv('npm_config_cache', '/cache');
  expect(environment()).not.toHaveProperty('npm_config_cache');
});
