import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { GatewayClient } from './gateway-client';
import type { PlanState } from './plan-state';
import { writeWhole } from './write-whole';

/** Where a manuscript was put. */
export interface ManuscriptFiles {
  markdown: string;
  json: string;
}

/**
 * Downloads the manuscript into the folder, as Markdown and as JSON, named after the title. A different manuscript
 * of that name is kept beside it as `.bak`: a writer may have worked on it.
 */
export async function saveManuscript(client: GatewayClient, plan: PlanState, folder: string): Promise<ManuscriptFiles> {
  const name = slug(plan.title) || plan.id;
  const files = { markdown: join(folder, `${name}.md`), json: join(folder, `${name}.json`) };
  const contents = {
    markdown: await client.manuscript(plan.id, 'markdown'),
    json: await client.manuscript(plan.id, 'json'),
  };
  await mkdir(folder, { recursive: true });
  for (const format of ['markdown', 'json'] as const) {
    await setAside(files[format], contents[format]);
    await writeWhole(files[format], contents[format]);
  }
  return files;
}

/** `The Salt Clock` becomes `the-salt-clock`; letters of any script stay. */
export function slug(title: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  // A file's name may be 255 bytes long; a letter takes up to four.
  return Array.from(words.join('-')).slice(0, 60).join('').replace(/-$/, '');
}

async function setAside(file: string, content: Buffer): Promise<void> {
  const present = await readFile(file).catch(() => undefined);
  if (present && !present.equals(content)) await rename(file, `${file}.bak`);
}
