import { DomainError } from '@fiction/contracts';

/** The plan has no vision yet, although the world is made from it. Looking again may help, a few times. */
export class VisionMissingError extends DomainError {
  constructor(planId: string) {
    super('VISION_MISSING', 503, `Plan "${planId}" has no vision yet, and the world is made from it.`);
  }
}
