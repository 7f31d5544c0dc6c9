import fetch, { FetchError } from 'node-fetch';
import { createWriteStream } from 'node:fs';
import { Agent } from 'node:https';

const agent = new Agent({ keepAlive: true });
const check = (response) => response;

export const late = async (url) => (await fetch(url, { timeout: 1000, agent })).text();
export const pooled = async (url) => (await fetch(url, { agent })).text();
export const sent = async (url, body) => (await fetch(url, { method: 'PUT', body })).status;
export const raw = async (url) => (await fetch(url)).headers.raw();
export const checked = (url) => fetch(url).then(check);
export async function save(url, options) {
  const response = await fetch(url, options);
  response.body.pipe(createWriteStream('file'));
}
export const isOurs = (error) => error instanceof FetchError;
export { fetch };
