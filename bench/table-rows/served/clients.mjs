// One client for all requests, made in the module, and one for each request, against servers of the probe's own.

import { connect } from 'node:net';
import Redis from 'ioredis';
import { MongoClient } from 'mongodb';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { createClient } from 'redis';

const host = '127.0.0.1';
const KINDS = {
  'node:net': async (port) => {
    const socket = connect(port, host);
    await new Promise((done, failed) => socket.once('connect', done).once('error', failed));
    return {
      ask: () =>
        new Promise((done, failed) => {
          socket.once('data', (data) => done(String(data).trim())).once('error', failed);
          socket.write('ping\n');
        }),
      end: () => socket.destroy(),
    };
  },
  pg: async (port) => {
    const pool = new pg.Pool({ host, port, user: 'u', password: 'p', database: 'd', ssl: false });
    return { ask: async () => (await pool.query('select 1')).rowCount, end: () => pool.end() };
  },
  mysql2: async (port) => {
    const pool = mysql.createPool({ host, port, user: 'u', password: '', database: 'd', disableEval: true });
    return { ask: async () => (await pool.query('set @a = 1'))[0].affectedRows, end: () => pool.end() };
  },
  ioredis: async (port) => {
    const client = new Redis({ host, port, maxRetriesPerRequest: 0 });
    return { ask: () => client.get('key'), end: () => client.disconnect() };
  },
  redis: async (port) => {
    const client = createClient({ socket: { host, port, reconnectStrategy: false } });
    client.on('error', () => {});
    await client.connect();
    return { ask: () => client.get('key'), end: () => client.destroy() };
  },
  mongodb: async (port) => {
    const client = new MongoClient(`mongodb://${host}:${port}/?directConnection=true`, {
      serverSelectionTimeoutMS: 2_000,
    });
    return { ask: async () => (await client.db('d').command({ ping: 1 })).ok, end: () => client.close() };
  },
};
const kept = new Map();

export async function probe({ kind, port, each }) {
  const late = new Promise((_, failed) => setTimeout(() => failed(new Error('no answer in 4 s')), 4_000));
  const asked = async () => {
    if (each !== 'request' && !kept.has(kind)) kept.set(kind, await KINDS[kind](Number(port)));
    const client = each === 'request' ? await KINDS[kind](Number(port)) : kept.get(kind);
    const answer = await client.ask();
    if (each === 'request') client.end();
    return `answered ${answer}`;
  };
  return {
    said: await Promise.race([asked(), late]).catch((error) => `failed: ${error.message || error.code}`),
  };
}
