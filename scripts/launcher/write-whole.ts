import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file so that it is never seen half written: beside its place first, then renamed. */
export async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  const next = `${file}.${process.pid}.part`;
  try {
    await writeFile(next, content);
    await rename(next, file);
  } finally {
    await rm(next, { force: true });
  }
}
