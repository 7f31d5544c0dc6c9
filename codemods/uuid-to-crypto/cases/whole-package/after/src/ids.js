import { randomUUID as uuidv4 } from 'node:crypto'; // random

/** An id of a note. */
export const noteId = () => uuidv4();
export const ids = (count) => Array.from({ length: count }, () => `n-${uuidv4()}`);
