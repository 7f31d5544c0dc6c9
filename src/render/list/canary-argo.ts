import { stringify } from 'yaml';
import { explained, marginsOf, secondsAt, WEIGHTS } from '../canary.ts';
import type { Renderer, Rendering } from '../contract.ts';
import { comment } from '../words.ts';

const ERRORS = 'http_requests_total';
const DURATION = 'http_request_duration_seconds_bucket';
/** The label by which Argo Rollouts tells the pods of both sides apart. */
const HASH = 'rollouts_pod_template_hash';

/** A canary of Argo Rollouts in place of a Deployment, watched by Prometheus. */
const argo: Renderer = {
  kind: 'canary-argo',
  title: 'a canary of Argo Rollouts, with its analysis from the gates',
  file: 'deploy/canary-argo.yaml',
  render(what) {
    const margins = marginsOf(what);
    const metrics = metricsOf(margins.errors, margins.ratio);
    const { name } = what;
    const watch =
      metrics.length === 0
        ? []
        : [
            {
              analysis: {
                templates: [{ templateName: `${name}-gates` }],
                args: [
                  { name: 'canary', valueFrom: { podTemplateHashValue: 'Latest' } },
                  { name: 'stable', valueFrom: { podTemplateHashValue: 'Stable' } },
                ],
              },
            },
          ];
    const steps = WEIGHTS.flatMap((weight) => {
      const seconds = secondsAt(weight, what, margins);
      const pause = seconds === null ? { pause: {} } : { pause: { duration: `${seconds}s` } };
      return [{ setWeight: weight }, pause, ...watch];
    });
    const template = {
      ...{
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisTemplate',
        metadata: { name: `${name}-gates` },
      },
      spec: {
        args: [
          { name: 'canary' },
          { name: 'stable' },
          { name: 'prometheus', value: 'http://prometheus.monitoring:9090' },
        ],
        metrics,
      },
    };
    const head = comment(
      ...explained(what, margins),
      `It stands in place of the Deployment ${name}, which Argo Rollouts scales down once the Rollout is healthy.`,
      `Metrics: ${ERRORS} with the label code, ${DURATION}, and the pod's label ${HASH}; the address of Prometheus is an argument.`,
      `The way back: kubectl argo rollouts abort ${name}`,
    );
    const documents = [...(metrics.length > 0 ? [template] : []), rollout(what, steps)];
    return `${head}${documents.map((one) => stringify(one, { lineWidth: 0 })).join('---\n')}`;
  },
};
export default argo;

const rollout = ({ name }: Rendering, steps: object[]) => ({
  ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name } },
  spec: {
    replicas: 4,
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name, scaleDown: 'onsuccess' },
    strategy: { canary: { steps } },
  },
});

function metricsOf(errors: number | null, ratio: number | null): object[] {
  const of = (side: string, more = '') => `{${HASH}="{{args.${side}}}"${more}}`;
  const prometheus = (query: string) => ({ prometheus: { address: '{{args.prometheus}}', query } });
  const p99 = (side: string) => `histogram_quantile(0.99, sum(rate(${DURATION}${of(side)}[5m])) by (le))`;
  return [
    ...(errors === null
      ? []
      : [
          {
            ...{ name: 'errors', count: 5, interval: '1m', failureLimit: 0 },
            // Without a request there is no answer, which proves nothing.
            successCondition: `len(result) > 0 && !isNaN(result[0]) && result[0] <= ${errors}`,
            provider: prometheus(
              `(sum(rate(${ERRORS}${of('canary', ',code=~"5.."')}[5m])) or vector(0)) / sum(rate(${ERRORS}${of('canary')}[5m]))`,
            ),
          },
        ]),
    ...(ratio === null
      ? []
      : [
          {
            ...{ name: 'p99', count: 5, interval: '1m', failureLimit: 0 },
            successCondition: `len(result) > 0 && !isNaN(result[0]) && result[0] <= ${ratio}`,
            provider: prometheus(`${p99('canary')} / ${p99('stable')}`),
          },
        ]),
  ];
}
