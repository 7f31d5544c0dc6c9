// Files first.
import { readFileSync } from 'node:fs';
import * as path from "node:path";
import os, { type CpuInfo } from 'node:os';
import type { Server } from 'node:http';
import events = require('node:events');
import { join } from './path';
import 'node:process';
import { createRequire } from 'node:module';
export { resolve } from 'node:path';
export * from 'node:url';

const load = createRequire(__filename);
const { promisify } = require('node:util') as typeof import('node:util');
const read = promisify(require(`fs`).readFile);

export async function hash(text: string): Promise<string> {
  const { createHash } = await import('node:crypto'); // loaded late
  return createHash('sha256').update(text).digest('hex');
}

function plugin(require: (name: string) => unknown) {
  return require('fs');
}

export const promises = load('node:fs/promises');
export const where = require.resolve('node:stream');
export const parts = ['fs', join, path, os, read, plugin, readFileSync, events] as const;
export type Both = [Server, CpuInfo];
