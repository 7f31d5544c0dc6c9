import { v4, v5 as named, validate } from 'uuid';
import uuid from 'uuid';

export const id = v4();
export const key = (text) => named(text, named.URL);
export const isId = (text) => validate(text);
export const seeded = (random) => uuid.v4({ random });
export { v4 };
