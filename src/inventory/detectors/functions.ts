import type { Detector } from '../detector.ts';
import { cloudFunctions } from '../entries/functions.ts';
import { sourceFinder } from '../entries/sources.ts';
import { declarations, said } from '../manifests.ts';

/** Packages that let Lambda call a server's application. */
const ADAPTERS = new Set([
  '@codegenie/serverless-express',
  '@fastify/aws-lambda',
  '@vendia/serverless-express',
  'aws-lambda-fastify',
  'aws-serverless-express',
  'serverless-http',
]);
/** Packages that declare functions in code, which is not run here. */
const IN_CODE = new Set(['aws-cdk-lib', 'sst', '@pulumi/aws', '@serverless/typescript']);

const detector: Detector = {
  id: 'functions',
  title: 'functions of AWS Lambda',
  async detect({ repository, manifests }) {
    const declared = await cloudFunctions(repository, sourceFinder(repository));
    const functions = declared.flatMap((each) => each.functions);
    const notChecked = declared.flatMap((each) => each.notChecked);
    for (const { manifest, field, name } of declarations(manifests)) {
      const place = said(manifest, field, name);
      if (ADAPTERS.has(name) && field === 'dependencies' && functions.length === 0)
        functions.push({
          ...place,
          ...{ name, platform: 'adapter', handler: null, file: null, runtime: null, events: [] },
          ...{ module: null, requests: [] },
        });
      if (IN_CODE.has(name) && field !== 'peerDependencies')
        notChecked.push({
          what: `functions that ${name} declares`,
          reason: 'they are declared in code, which is not run; serverless.yml and SAM templates are read',
          location: place.location,
        });
    }
    return { functions, notChecked };
  },
};

export default detector;
