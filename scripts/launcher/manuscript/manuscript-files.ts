import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { slug } from '../../../apps/gateway/src/manuscript/file-name';
import type { GatewayClient } from '../gateway/gateway-client';
import { LaunchError } from '../launch.error';
import type { PlanState } from '../plans/plan-state';
import { writeWhole } from '../write-whole';
import { setAside } from './set-aside';

/** Where a manuscript was put, and under which names what was there before is kept. */
export interface ManuscriptFiles {
  markdown: string;
  json: string;
  kept: string[];
}

/**
 * Downloads the manuscript into the folder, as Markdown and as JSON, named after the title; `partial` if the plan is
 * not complete, so that it never takes the place of a whole book.
 * @throws {LaunchError} `MANUSCRIPT_NOT_SAVED` when the folder does not take it; the book itself is not lost
 */
export async function saveManuscript(client: GatewayClient, plan: PlanState, folder: string): Promise<ManuscriptFiles> {
  const isComplete = plan.status === 'complete';
  const name = slug(plan.title) || plan.id;
  const partial = filesOf(folder, `${name}.partial`);
  const files = isComplete ? filesOf(folder, name) : partial;
  const contents = {
    markdown: await client.manuscript(plan.id, 'markdown'),
    json: await client.manuscript(plan.id, 'json'),
  };
  const kept: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const format of ['markdown', 'json'] as const) {
      const backup = await setAside(files[format], contents[format]);
      if (backup !== undefined) kept.push(backup);
      await writeWhole(files[format], contents[format]);
    }
  } catch (error) {
    throw new LaunchError('MANUSCRIPT_NOT_SAVED', `${plan.title} could not be written: ${(error as Error).message}`);
  }
  // A writer may have worked on what there was of the book, so it stays, and she is told.
  if (isComplete) kept.push(...Object.values(partial).filter((file) => existsSync(file)));
  return { ...files, kept };
}

function filesOf(folder: string, name: string): { markdown: string; json: string } {
  return { markdown: join(folder, `${name}.md`), json: join(folder, `${name}.json`) };
}
