import { stringify } from 'yaml';
import type { Renderer, Rendering } from '../contract.ts';
import { beforeLines, mergeLines, repositoryOf, shareLines } from '../shards.ts';
import { comment, shellWord } from '../words.ts';

/** Where the pods meet: one volume for all shares. */
const SHARED = '/shadow';

/** A shadow run split over an Indexed Job of Kubernetes, and a job that merges it. */
const kubernetes: Renderer = {
  kind: 'shadow-kubernetes',
  title: 'an Indexed Job of Kubernetes: a shadow run split over pods, and a job that merges it',
  file: 'deploy/shadow-job.yaml',
  render(what) {
    const { name, shards, stage } = what;
    const documents = [volume(name), share(what), merge(what)];
    const head = comment(
      `Made by migrate render for ${stage}: ${what.old} against ${what.new}, in ${shards} pods.`,
      `The merging job waits for all shares; its exit code is the verdict: kubectl wait --for=condition=complete job/${name}-merge`,
      `The volume must be writable by several pods; set its storageClassName where the cluster has no such default.`,
    );
    return `${head}${documents.map((one) => stringify(one, { lineWidth: 0 })).join('---\n')}`;
  },
};
export default kubernetes;

const volume = (name: string) => ({
  ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } },
  spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '2Gi' } } },
});

/** Gets the commit into a folder of the pod, with its packages. */
const code = (what: Rendering): string =>
  `git clone --quiet ${shellWord(repositoryOf(what))} "$HOME/code"
cd "$HOME/code"
git checkout --quiet ${what.commit}
${what.folder === '' ? '' : `cd ".${what.folder}"\n`}${what.install === null ? '' : `${what.install}\n`}`;

function share(what: Rendering) {
  const index = '$((JOB_COMPLETION_INDEX + 1))';
  const script = `set -eu
${code(what)}${beforeLines(what, '$HOME/before')}${shareLines(what, { index, before: '$HOME/before', out: `${SHARED}/${index}` })}`;
  return {
    ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: what.name } },
    spec: {
      ...{ completionMode: 'Indexed', completions: what.shards, parallelism: what.shards, backoffLimit: 0 },
      template: pod(what, script),
    },
  };
}

function merge(what: Rendering) {
  const script = `set -eu
${code(what)}for share in $(seq ${what.shards}); do
  until [ -f "${SHARED}/$share/report.json" ]; do sleep 5; done
done
${mergeLines(what, SHARED)}`;
  return {
    ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: `${what.name}-merge` } },
    spec: { backoffLimit: 0, activeDeadlineSeconds: 21_600, template: pod(what, script) },
  };
}

const pod = ({ name, image }: Rendering, script: string) => ({
  spec: {
    restartPolicy: 'Never',
    containers: [
      {
        ...{ name: 'migrate', image, command: ['/bin/sh', '-c', script] },
        env: [{ name: 'HOME', value: '/work' }],
        volumeMounts: [
          { name: 'shared', mountPath: SHARED },
          { name: 'work', mountPath: '/work' },
        ],
      },
    ],
    volumes: [
      { name: 'shared', persistentVolumeClaim: { claimName: name } },
      { name: 'work', emptyDir: {} },
    ],
  },
});
