import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetCode } from 'aws-cdk-lib/aws-lambda';
import { buildTemplates } from '../templates/build.ts';
import { bundleFunctions } from './bundle.ts';
import { carrierpostApp } from './carrierpost.ts';
import { DEPLOYED, stageNamed } from './config/stages.ts';
import { bundleOf } from './functions.ts';

/** What the CDK command line runs: every stage on AWS, or the one that `CARRIERPOST_STAGE` names. */
const BUILD = fileURLToPath(new URL('../build/', import.meta.url));

const asked = process.env.CARRIERPOST_STAGE;
await mkdir(BUILD, { recursive: true });
const bundles = await mkdtemp(join(BUILD, 'bundles-'));
try {
  await buildTemplates();
  await bundleFunctions(bundles);
  const app = carrierpostApp(asked ? [stageNamed(asked)] : DEPLOYED, (name) => new AssetCode(join(bundles, bundleOf(name))));
  app.synth();
} finally {
  await rm(bundles, { recursive: true, force: true });
}
