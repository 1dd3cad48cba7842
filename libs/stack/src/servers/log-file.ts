import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROTATE_AT_BYTES = 20 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;

/** Opens a log for appending and returns its descriptor and present length; a long one is set aside as `.1` first. */
export function openLog(file: string): { descriptor: number; offset: number } {
  mkdirSync(dirname(file), { recursive: true });
  if (sizeOf(file) > ROTATE_AT_BYTES) renameSync(file, `${file}.1`);
  return { descriptor: openSync(file, 'a'), offset: sizeOf(file) };
}

/** The last lines written to a log since `offset` (bytes). */
export function tailOf(file: string, lines: number, offset = 0): string {
  const size = sizeOf(file);
  const from = Math.max(offset, size - TAIL_BYTES);
  if (size <= from) return '';
  const buffer = Buffer.alloc(size - from);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, buffer, 0, buffer.length, from);
  } finally {
    closeSync(descriptor);
  }
  return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
