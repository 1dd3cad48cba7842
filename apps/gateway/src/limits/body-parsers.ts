import { MAX_BRIEF_BYTES } from '@fiction/contracts';
import { json, raw, type Request, type RequestHandler } from 'express';

/** Most bytes of a body that is no brief. */
export const MAX_BODY_BYTES = 256_000;
/** Where briefs are sent. */
const BRIEFS = /^\/api\/fiction\/plans\/?$/i;

const isBrief = (request: Request): boolean => BRIEFS.test(request.path);

/** Reads bodies: JSON everywhere, Markdown where briefs are sent, and nowhere more than belongs there. */
export function bodyParsers(): RequestHandler[] {
  const briefInJson = json({ limit: MAX_BRIEF_BYTES });
  const briefInMarkdown = raw({ type: 'text/markdown', limit: MAX_BRIEF_BYTES });
  const other = json({ limit: MAX_BODY_BYTES });
  return [
    (request, response, next) => (isBrief(request) ? briefInJson : other)(request, response, next),
    (request, response, next) => (isBrief(request) ? briefInMarkdown(request, response, next) : next()),
  ];
}
