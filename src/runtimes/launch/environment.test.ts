import { afterEach, expect, it } from 'vitest';
import { appEnvironment } from './environment.ts';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

const environment = () =>
  appEnvironment({
    ...{ entry: 'app.js', dir: '/app', host: '127.0.0.1', port: 1, script: null, listenHook: '/hook.cjs' },
    runFolder: '/logs',
  });

it('hands on what the user set, and not what Vitest adds to it', () => {
  process.env.BASE_URL = 'https://example.com';
  process.env.MODE = 'strict';
  expect(environment()).not.toHaveProperty('BASE_URL');
  delete process.env.VITEST;
  expect(environment()).toMatchObject({ BASE_URL: 'https://example.com', MODE: 'strict', PORT: '1' });
});

it('hands on nothing of the package manager', () => {
  process.env.npm_config_cache = '/cache';
  expect(environment()).not.toHaveProperty('npm_config_cache');
});
