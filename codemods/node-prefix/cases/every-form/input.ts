// Files first.
import { readFileSync } from 'fs';
import * as path from "path";
import os, { type CpuInfo } from 'os';
import type { Server } from 'http';
import events = require('events');
import { join } from './path';
import 'process';
import { createRequire } from 'module';
export { resolve } from 'path';
export * from 'url';

const load = createRequire(__filename);
const { promisify } = require('util') as typeof import('util');
const read = promisify(require(`fs`).readFile);

export async function hash(text: string): Promise<string> {
  const { createHash } = await import('crypto'); // loaded late
  return createHash('sha256').update(text).digest('hex');
}

function plugin(require: (name: string) => unknown) {
  return require('fs');
}

export const promises = load('fs/promises');
export const where = require.resolve('stream');
export const parts = ['fs', join, path, os, read, plugin, readFileSync, events] as const;
export type Both = [Server, CpuInfo];
