import type { Deployment, EntryPoint, RuntimePin } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { evidenceOnLine } from '../evidence.ts';
import { invocations, runtimeCall } from '../readers/command.ts';
import { commandLine, isDockerfile, readDockerfile, runtimeImage } from '../readers/dockerfile.ts';
import { pinRange } from '../readers/version.ts';

const detector: Detector = {
  id: 'docker',
  title: "Dockerfiles' base images and commands",
  async detect({ repository }) {
    const pins: RuntimePin[] = [];
    const deployment: Deployment[] = [];
    const entryPoints: EntryPoint[] = [];
    for (const file of repository.files.filter(isDockerfile)) {
      const text = await repository.read(file);
      if (text === null) continue;
      const lines = text.split('\n');
      const stages = new Set<string>();
      let workdir = '';
      for (const { keyword, value, line } of readDockerfile(text)) {
        const evidence = evidenceOnLine(file, lines, line);
        if (keyword === 'FROM') {
          const [image = '', as, stage] = value.replace(/^(?:--\S+\s+)+/, '').split(/\s+/);
          if (!stages.has(image)) {
            deployment.push({ ...evidence, kind: 'image', file, value: image });
            const found = runtimeImage(image);
            if (found) {
              const { runtime, tag } = found;
              pins.push({ ...evidence, source: 'dockerfile', runtime, value: tag, range: pinRange(tag) });
            }
          }
          if (as?.toLowerCase() === 'as' && stage) stages.add(stage);
        } else if (keyword === 'WORKDIR') workdir = value.replace(/\/?$/, '/');
        else if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
          const command = commandLine(value);
          deployment.push({ ...evidence, kind: 'command', file, value: command });
          for (const invocation of invocations(command)) {
            const started = /^(node|bun|deno)$/.test(invocation.program)
              ? runtimeCall(invocation).file
              : null;
            if (!started) continue;
            const path = (started.startsWith(workdir) ? started.slice(workdir.length) : started).replace(
              /^\.\//,
              '',
            );
            entryPoints.push({
              ...evidence,
              kind: 'dockerfile',
              name: keyword,
              file: path,
              present: repository.has(path),
            });
          }
        }
      }
    }
    return { pins, deployment, entryPoints };
  },
};

export default detector;
