import { v4 as uuid } from 'uuid';

export interface Named { id: string }

export function make(): Named {
  return { id: uuid() };
}

export function again(uuid: () => string): Named {
  return { id: uuid() };
}
