import { declarations, said } from '../../manifests.ts';
import { onlyFunctionsRun } from '../../reach/deployed.ts';
import { isTestFile } from '../../reach/test-files.ts';
import { isDockerfile } from '../../readers/dockerfile.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

const HEALTH =
  /(?:^|[/_-])(?:health(?:z|check|-check)?|ready|readyz|readiness|live|livez|liveness|ping|status|heartbeat|up)(?:$|[/_-])/i;
/** What runs tests, by the package that brings it. */
const RUNNERS = new Set([
  'jest',
  'mocha',
  'ava',
  'tap',
  'jasmine',
  'vitest',
  '@japa/runner',
  'lab',
  '@hapi/lab',
  'tape',
  'uvu',
]);

const rule: RepositoryRule = {
  id: 'safety-net',
  title: 'what tells that the switched application works',
  kinds: ['no-tests', 'no-health', 'test-runner'],
  async see({ repository, manifests, served, modules, facts }) {
    const seen: Seen[] = [];
    const [root] = manifests;
    const { paths, text } = await modules();
    const isServer = facts.frameworks.length > 0;
    // A gateway calls functions anew: no instance of them is asked whether it is well.
    const servers = isServer && !onlyFunctionsRun(facts.entryPoints) ? facts.routes : [];
    if (root && isServer && !paths.some(isTestFile))
      seen.push({ ...said(root, 'scripts', 'test'), kind: 'no-tests', name: root.file });
    const asked = async () => {
      for (const file of repository.files)
        if (isDockerfile(file) || /\.ya?ml$/.test(file)) {
          const said = await repository.read(file);
          if (
            said !== null &&
            /^\s*(?:-\s+)?(?:HEALTHCHECK\s+(?!NONE)|healthcheck:|livenessProbe:|readinessProbe:|healthCheckPath:)/m.test(
              said,
            )
          )
            return true;
        }
      return false;
    };
    const [first] = servers;
    const isHealthy =
      servers.some(({ path }) => HEALTH.test(path)) ||
      paths.some((path) => /@godaddy\/terminus|@nestjs\/terminus|lightship/.test(text(path) ?? ''));
    // On Workers nobody asks an instance.
    const isOnWorkers = repository.files.some((path) => /(^|\/)wrangler\.(toml|jsonc?)$/.test(path));
    if (first && !isHealthy && !isOnWorkers && facts.unreadRoutes.length === 0 && !(await asked())) {
      const { location, snippet, known } = first;
      seen.push({ location, ...(snippet && { snippet }), known, kind: 'no-health', name: 'routes' });
    }
    for (const { manifest, field, name } of declarations(served))
      if (RUNNERS.has(name) && field !== 'peerDependencies')
        seen.push({ ...said(manifest, field, name), kind: 'test-runner', name });
    const nodeTest = facts.builtins.find(({ module, reach }) => module === 'test' && reach === 'test');
    if (nodeTest) {
      const { location, snippet, known } = nodeTest;
      seen.push({ location, ...(snippet && { snippet }), known, kind: 'test-runner', name: 'node:test' });
    }
    return { seen };
  },
};

export default rule;
