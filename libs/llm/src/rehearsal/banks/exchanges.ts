import type { VoiceKey } from '../story/voice';
import { BLUNT_EXCHANGES, HESITANT_EXCHANGES } from './exchanges-blunt-hesitant';
import { CLIPPED_EXCHANGES, FORMAL_EXCHANGES } from './exchanges-clipped-formal';
import { VOLUBLE_EXCHANGES, WARM_EXCHANGES } from './exchanges-warm-voluble';

/** Talk, by the voice of the person the point-of-view character talks to. Paragraphs are divided by line breaks. */
export const EXCHANGES: Record<VoiceKey, readonly string[]> = {
  clipped: CLIPPED_EXCHANGES,
  formal: FORMAL_EXCHANGES,
  warm: WARM_EXCHANGES,
  voluble: VOLUBLE_EXCHANGES,
  blunt: BLUNT_EXCHANGES,
  hesitant: HESITANT_EXCHANGES,
};
