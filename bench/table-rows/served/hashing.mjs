// One call of a slow hash for each request: the time it takes is measured by the one who asks.
import { pbkdf2Sync, scrypt, scryptSync } from 'node:crypto';
import bcrypt from 'bcryptjs';

const CALLS = {
  scryptSync: () => scryptSync('secret', 'salt', 64),
  scrypt: () => new Promise((done) => scrypt('secret', 'salt', 64, () => done())),
  pbkdf2Sync: () => pbkdf2Sync('secret', 'salt', 100_000, 64, 'sha512'),
  'bcryptjs.hash': () => bcrypt.hash('secret', 10),
  nothing: () => {},
};

export async function probe({ call }) {
  await CALLS[call]();
  return { call };
}
