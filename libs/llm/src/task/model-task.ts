import type { z } from 'zod';

/** One thing asked of a model: what the facts are, what to do with them, what shape the answer has. */
export interface ModelTask<T = string> {
  /** For example `scene.draft`; from a bounded set, because it is a metric label. */
  task: string;
  /** Who answers: the author persona. */
  system: string;
  /** The facts, as data. */
  material: Record<string, unknown>;
  instructions: string;
  /** Absent: the answer is prose. */
  schema?: z.ZodType<T>;
  maxOutputTokens: number;
  temperature?: number;
}

/** One message of a conversation with a model, as it is sent and as it is kept in the transcript. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** An answer that could not be used and why: what the next call of the same task tells the model. */
export interface Repair {
  answer: string;
  problem: string;
}
