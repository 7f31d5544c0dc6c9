import { stringify } from 'yaml';
import { explained, marginsOf, secondsAt } from '../canary.ts';
import type { Renderer } from '../contract.ts';
import { comment } from '../words.ts';

const STEP = 10;
const MOST = 50;

/** A canary of Flagger on a Deployment, by its two builtin checks. */
const flagger: Renderer = {
  kind: 'canary-flagger',
  title: 'a canary of Flagger, with its checks from the gates',
  file: 'deploy/canary-flagger.yaml',
  render(what) {
    const margins = marginsOf(what);
    const { name, port, p99 } = what;
    const seconds = secondsAt(STEP, what, margins);
    const limit = p99 === null || margins.ratio === null ? null : Math.round(p99 * margins.ratio);
    const interval = '1m';
    const metrics = [
      ...(margins.errors === null
        ? []
        : [
            {
              ...{ name: 'request-success-rate', interval },
              thresholdRange: { min: Number((100 * (1 - margins.errors)).toPrecision(6)) },
            },
          ]),
      ...(limit === null ? [] : [{ name: 'request-duration', interval, thresholdRange: { max: limit } }]),
    ];
    const analysis = {
      ...{ interval: `${seconds ?? 3600}s`, threshold: 1, maxWeight: MOST, stepWeight: STEP, metrics },
      ...(seconds === null && {
        webhooks: [
          {
            ...{ name: 'a person lets it go on', type: 'confirm-traffic-increase' },
            url: 'http://flagger-loadtester.flagger/gate/check',
          },
        ],
      }),
    };
    const canary = {
      ...{ apiVersion: 'flagger.app/v1beta1', kind: 'Canary', metadata: { name } },
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        service: { port },
        analysis,
      },
    };
    const head = comment(
      ...explained(what, margins),
      limit === null
        ? 'Flagger asks latency in milliseconds, not against the old side: give --p99 <ms> of today to have it watched.'
        : `Latency: ${p99} ms today, so at most ${limit} ms.`,
      'One failed check takes all traffic back.',
      `The way back by hand: kubectl rollout undo deployment/${name}`,
    );
    return `${head}${stringify(canary, { lineWidth: 0 })}`;
  },
};
export default flagger;
