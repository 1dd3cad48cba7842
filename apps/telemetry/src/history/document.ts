import type { RunEvent } from '@fiction/contracts';

const HALF_CHARACTERS = /\p{Surrogate}/gu;
const REPLACEMENT = '\uFFFD';
/** Whether a JSON text may hold what PostgreSQL refuses, a NUL or half a character: in JSON both are escaped. */
const SUSPICIOUS = /\\u(0000|d[89a-f])/i;

/** The event as JSON that PostgreSQL stores: what it would refuse (a NUL in a model's text) becomes U+FFFD. */
export function documentOf(event: RunEvent): string {
  const text = JSON.stringify(event);
  if (!SUSPICIOUS.test(text)) return text;
  return JSON.stringify(event, (_key, value: unknown) =>
    typeof value === 'string'
      ? value.replaceAll('\u0000', REPLACEMENT).replaceAll(HALF_CHARACTERS, REPLACEMENT)
      : value,
  );
}

/** A stored document as the progress event it is, in JSON. */
export function progressDocument(document: string, seq: number): string {
  return `{"seq":${seq},${document.slice(1)}`;
}
