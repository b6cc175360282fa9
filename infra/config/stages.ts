import { local } from './local.ts';
import { production } from './production.ts';
import type { StageConfig } from './stage.ts';
import { test } from './test.ts';

const STAGES: readonly StageConfig[] = [local, test, production];

/** The stages that live on AWS. */
export const DEPLOYED: readonly StageConfig[] = [test, production];

/** @throws Error naming the stages there are */
export function stageNamed(name: string): StageConfig {
  const found = STAGES.find(({ stage }) => stage === name);
  if (!found) throw new Error(`There is no stage ${name}: infra/config has ${STAGES.map(({ stage }) => stage).join(', ')}`);
  return found;
}
