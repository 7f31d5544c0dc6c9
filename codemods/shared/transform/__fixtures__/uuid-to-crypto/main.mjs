import { createRequire } from 'node:module';
import { v4 as uuidv4 } from 'uuid';
import * as uuid from 'uuid';

const ids = Array.from({ length: 200 }, () => uuidv4());
const isVersion4 = (id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id);
console.log(ids.every(isVersion4), new Set(ids).size, isVersion4(uuid.v4()), typeof uuidv4());
console.log(typeof createRequire);
