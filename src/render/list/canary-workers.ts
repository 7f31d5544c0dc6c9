import { explained, marginsOf, secondsAt, WEIGHTS } from '../canary.ts';
import type { Renderer } from '../contract.ts';
import { comment, shellWord } from '../words.ts';

/** Gradual deployments of Workers: shares of the traffic between two versions, by Wrangler. */
const workers: Renderer = {
  kind: 'canary-workers',
  title: 'gradual deployments of Workers by Wrangler, step by step',
  file: 'deploy/canary-workers.sh',
  render(what) {
    const margins = marginsOf(what);
    const { name } = what;
    const named = `--name ${shellWord(name)}`;
    const steps = WEIGHTS.map((weight) => {
      const seconds = secondsAt(weight, what, margins);
      return `share ${weight}\n${seconds === null ? '' : `sleep ${seconds}\n`}holds`;
    });
    return `#!/bin/sh
${comment(
  ...explained(what, margins),
  'Give the version that runs today and the new one: canary-workers.sh <old-id> <new-id>. The new one is uploaded, not deployed, by',
  `npx wrangler versions upload ${named}`,
  'GATES is a command that asks your monitoring and fails where the margins above do not hold; without one a person is asked.',
)}set -eu
old="$1"
new="$2"

# A deployment names the whole split each time.
share() { npx wrangler versions deploy "$new@$1%" "$old@$((100 - $1))%" ${named} --yes; }
back() { npx wrangler versions deploy "$old@100%" ${named} --yes; }
asked() { printf 'Enough requests seen, and the margins hold? [y/N] '; read -r answer && [ "$answer" = y ]; }
holds() { if [ -n "\${GATES:-}" ]; then sh -c "$GATES"; else asked; fi || { back; exit 1; }; }

${steps.join('\n')}
npx wrangler versions deploy "$new@100%" ${named} --yes
`;
  },
};
export default workers;
