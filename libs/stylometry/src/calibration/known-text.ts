import { measure, type Measured } from '../measures/measure';

/** A passage whose author is known. */
export interface KnownText {
  author: string;
  measured: Measured;
}

export const knownText = (author: string, text: string): KnownText => ({ author, measured: measure(text) });
