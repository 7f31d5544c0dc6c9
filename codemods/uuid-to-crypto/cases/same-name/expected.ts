import { randomUUID as uuid } from 'node:crypto';

export interface Named { id: string }

export function make(): Named {
  return { id: uuid() };
}

export function again(uuid: () => string): Named {
  return { id: uuid() };
}
