import { UnknownCursorError } from '@fiction/contracts';

/** A place in a list that is in the order of the story: chapter, scene, and what follows. */
export interface BookCursor {
  chapter: number;
  scene: number;
  last: string;
}

const CURSOR = /^(\d{1,9})\.(\d{1,9})\.([\x21-\x7e]{1,200})$/;

export function writeBookCursor({ chapter, scene, last }: BookCursor): string {
  return `${chapter}.${scene}.${last}`;
}

/** @throws UnknownCursorError when no page of such a list has given it */
export function readBookCursor(cursor: string | undefined): BookCursor {
  if (cursor === undefined) return { chapter: -1, scene: 0, last: '' };
  const match = CURSOR.exec(cursor);
  if (match === null) throw new UnknownCursorError();
  return { chapter: Number(match[1]), scene: Number(match[2]), last: match[3]! };
}
