// Draws findings to judge by hand: `node bench/findings/draw.mjs SEED EACH FOLDER…`. Of every repository it draws EACH of its pairs of a
// repository and a rule, and a place of each; where a repository has fewer, others give more. Prints a JSON line for each.
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const [seed, each, ...folders] = process.argv.slice(2);
const program = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

let state = Number(seed) >>> 0;
/** A number below `limit`: the same for the same seed (mulberry32). */
function below(limit) {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
}
const taken = (list) => list.splice(below(list.length), 1)[0];

const left = [];
const drawn = [];
let pairs = 0;
for (const folder of folders) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 30 };
  const run = spawnSync(process.execPath, [program, 'findings', '--json', '--no-baseline', folder], options);
  const found = new Map();
  for (const { findings } of JSON.parse(run.stdout).projects)
    for (const one of findings) found.set(one.rule, [...(found.get(one.rule) ?? []), one]);
  const rules = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  pairs += rules.length;
  const picked = rules.map(([rule, places]) => ({ folder: basename(folder), rule, places }));
  for (let count = 0; count < Number(each) && picked.length > 0; count++) drawn.push(taken(picked));
  left.push(...picked);
}
while (drawn.length < Number(each) * folders.length && left.length > 0) drawn.push(taken(left));
for (const { folder, rule, places } of drawn) {
  const { severity, targets, message, remedy, location, snippet } = places[below(places.length)];
  const at = location && `${location.file}:${location.line}:${location.column}`;
  const said = { severity, targets, message, remedy, at, snippet, of: places.length };
  console.log(JSON.stringify({ folder, rule, ...said }));
}
console.error(`${drawn.length} of ${pairs} pairs of a repository and a rule`);
