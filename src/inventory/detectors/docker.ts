import type { Deployment, RuntimePin } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { evidenceOnLine } from '../evidence.ts';
import { commandLine, isDockerfile, readDockerfile, runtimeImage } from '../readers/dockerfile.ts';
import { pinRange } from '../readers/version.ts';

const detector: Detector = {
  id: 'docker',
  title: "Dockerfiles' base images and commands",
  async detect({ repository }) {
    const pins: RuntimePin[] = [];
    const deployment: Deployment[] = [];
    for (const file of repository.files.filter(isDockerfile)) {
      const text = await repository.read(file);
      if (text === null) continue;
      const lines = text.split('\n');
      const stages = new Set<string>();
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
        } else if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
          const command = commandLine(value);
          deployment.push({ ...evidence, kind: 'command', file, value: command });
        }
      }
    }
    return { pins, deployment };
  },
};

export default detector;
