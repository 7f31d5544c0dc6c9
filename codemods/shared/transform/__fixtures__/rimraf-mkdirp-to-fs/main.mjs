import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdirp, mkdirpSync } from 'mkdirp';
import { rimraf, rimrafSync } from 'rimraf';

const root = mkdtempSync(join(tmpdir(), 'folders-'));
const show = (what) => console.log(what, readdirSync(root, { recursive: true }).sort().join(' '));
const failure = async (act) => {
  try {
    await act();
    console.log('done');
  } catch (error) {
    console.log(error.code);
  }
};

await mkdirp(join(root, 'a', 'b', 'c'));
mkdirpSync(join(root, 'a', 'd'), { mode: 0o700 });
mkdirpSync(join(root, 'a', 'd'));
writeFileSync(join(root, 'a', 'b', 'file[1].txt'), '');
show('made');
console.log((statSync(join(root, 'a', 'd')).mode & 0o777).toString(8));
await failure(async () => {
  await mkdirp(join(root, 'a', 'b', 'file[1].txt'));
});
await rimraf(join(root, 'a', 'b', 'file[1].txt'));
await rimraf(join(root, 'a', 'nothing'));
show('file gone');
rimrafSync(join(root, 'a', 'b'), { glob: false });
show('folder gone');
await rimraf(root);
console.log(existsSync(root));
