import { stringify } from 'yaml';
import type { Renderer } from '../contract.ts';
import { beforeLines, mergeLines, shareLines } from '../shards.ts';
import { comment } from '../words.ts';

/** A shadow run split over a matrix of GitHub Actions, and merged into one verdict. */
const actions: Renderer = {
  kind: 'shadow-actions',
  title: 'a workflow of GitHub Actions: a shadow run split over a matrix, and merged',
  file: '.github/workflows/migrate-shadow.yml',
  atTop: true,
  render(what) {
    const { stage, shards, install, folder } = what;
    const node = /^node@(\d+)/.exec(what.old)?.[1] ?? '22';
    const ready = [
      // The whole history: the code from before the stage is in it.
      { uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } },
      { uses: 'actions/setup-node@v4', with: { 'node-version': node } },
    ];
    const run = (name: string, script: string) => ({ name, shell: 'bash', run: script });
    const workflow = {
      name: `migrate shadow ${stage}`,
      on: { workflow_dispatch: null },
      permissions: { contents: 'read' },
      ...(folder !== '' && { defaults: { run: { 'working-directory': folder.slice(1) } } }),
      jobs: {
        share: {
          'runs-on': 'ubuntu-24.04',
          strategy: {
            'fail-fast': false,
            matrix: { share: Array.from({ length: shards }, (_, i) => i + 1) },
          },
          steps: [
            ...ready,
            ...(install === null ? [] : [run('Install packages', `${install}\n`)]),
            run('The code before the stage', beforeLines(what, '$RUNNER_TEMP/before')),
            {
              ...run(
                'Compare this share',
                shareLines(what, {
                  index: '$SHARE',
                  ...{ before: '$RUNNER_TEMP/before', out: '$RUNNER_TEMP/shadow/$SHARE' },
                }),
              ),
              env: { SHARE: githubs('matrix.share') },
            },
            {
              uses: 'actions/upload-artifact@v4',
              with: {
                ...{ name: `share-${githubs('matrix.share')}`, path: `${githubs('runner.temp')}/shadow` },
                'if-no-files-found': 'error',
              },
            },
          ],
        },
        merge: {
          ...{ needs: 'share', 'runs-on': 'ubuntu-24.04' },
          steps: [
            ...ready,
            {
              uses: 'actions/download-artifact@v4',
              with: { pattern: 'share-*', 'merge-multiple': true, path: `${githubs('runner.temp')}/shadow` },
            },
            run('Judge the shares as one run', mergeLines(what, '$RUNNER_TEMP/shadow')),
            {
              ...{ if: 'always()', uses: 'actions/upload-artifact@v4' },
              with: {
                name: 'verdict',
                path: `${githubs('runner.temp')}/shadow/all\n${folder.slice(1)}${folder && '/'}.migrate/evidence/shadow\n`,
                'include-hidden-files': true,
              },
            },
          ],
        },
      },
    };
    const head = comment(
      `Made by migrate render for ${stage}: ${what.old} against ${what.new}, in ${shards} shares.`,
      'The verdict is that of the job "merge"; put its .migrate/evidence/shadow into the repository, and migrate promote reads it.',
    );
    return `${head}${stringify(workflow, { lineWidth: 0, nullStr: '' })}`;
  },
};
export default actions;

/** What GitHub fills in before a step runs. */
const githubs = (name: string): string => `\${{ ${name} }}`;
