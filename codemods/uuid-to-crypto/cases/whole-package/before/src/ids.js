import { v4 as uuidv4 } from 'uuid'; // random

/** An id of a note. */
export const noteId = () => uuidv4();
export const ids = (count) => Array.from({ length: count }, () => `n-${uuidv4()}`);
