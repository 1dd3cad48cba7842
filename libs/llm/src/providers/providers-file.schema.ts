import { z } from 'zod';

const positive = z.number().int().positive();
const count = z.number().int().nonnegative();

/** The name, not the key: a key pasted here is refused without being repeated. */
const envName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'must be the name of an environment variable; the key itself does not belong here',
  );

const baseUrl = z.string().superRefine((text, context) => {
  const problem = urlProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

const price = z.strictObject({
  /** US dollars for a million tokens read. */
  inputPerMillion: z.number().nonnegative(),
  /** US dollars for a million tokens written. */
  outputPerMillion: z.number().nonnegative(),
  /** The same for what the server had read before, and for what it keeps for later; without them, as all that is read. */
  cacheReadPerMillion: z.number().nonnegative().optional(),
  cacheWritePerMillion: z.number().nonnegative().optional(),
});

const lane = z.enum(['metal', 'cloud']);

const everyProvider = {
  lane,
  /** Calls in flight, of all processes together; of a rehearsal in each. */
  concurrency: positive.max(10_000).default(8),
  requestsPerMinute: positive.optional(),
  tokensPerMinute: positive.optional(),
  prices: z.record(z.string().min(1), price).default({}),
  /** When given, only these models may be used. */
  models: z.array(z.string().min(1)).min(1).optional(),
};

const overHttp = {
  ...everyProvider,
  /** Use the streamed protocol: slow servers then show that they are alive. */
  stream: z.boolean().default(false),
  /** Longest time for one call. */
  timeoutSeconds: z.number().positive().max(86_400).default(600),
  /** Streamed: longest time without a byte; reading a long prompt without a GPU takes minutes, and so does waiting in line. */
  idleTimeoutSeconds: z.number().positive().max(86_400).default(300),
  /** Allowed on top of what an answer may have, for models that think before they answer. */
  thinkingTokens: count.max(1_000_000).default(0),
  /** Whether each task may have a temperature of its own; there are models that refuse any, or any but 1. */
  temperature: z.boolean().default(true),
};

const rehearsal = z.strictObject({
  kind: z.literal('rehearsal'),
  ...everyProvider,
  concurrency: positive.max(10_000).default(64),
  /** How long each answer takes. */
  latencyMs: count.max(600_000).default(0),
  /** Every n-th call fails as a server would; 0 is never. */
  failEvery: count.default(0),
  /** Every n-th answer is nonsense; 0 is never. */
  nonsenseEvery: count.default(0),
});

const openaiCompatible = z.strictObject({
  kind: z.literal('openai-compatible'),
  ...overHttp,
  baseUrl,
  apiKeyEnv: envName.optional(),
  /** How the server is told the shape of an answer; `none` leaves it to the prompt. */
  structuredOutputs: z.enum(['json_schema', 'json_object', 'none']).default('json_schema'),
  /** The field that says how long an answer may be; some servers refuse the older one. */
  tokenLimit: z.enum(['max_tokens', 'max_completion_tokens']).default('max_tokens'),
});

/** `none` leaves the shape to the prompt: calls with answers of different shapes then share what the server keeps. */
const schemaOrPrompt = z.enum(['json_schema', 'none']).default('json_schema');

const openai = z.strictObject({
  kind: z.literal('openai'),
  ...overHttp,
  structuredOutputs: schemaOrPrompt,
  baseUrl: baseUrl.default('https://api.openai.com/v1'),
  apiKeyEnv: envName.default('OPENAI_API_KEY'),
});

const anthropic = z.strictObject({
  kind: z.literal('anthropic'),
  ...overHttp,
  structuredOutputs: schemaOrPrompt,
  baseUrl: baseUrl.default('https://api.anthropic.com/v1'),
  apiKeyEnv: envName.default('ANTHROPIC_API_KEY'),
});

const provider = z.discriminatedUnion('kind', [rehearsal, openaiCompatible, openai, anthropic], {
  error: 'must be rehearsal, openai-compatible, openai or anthropic',
});

/** Provider names are metric labels and appear in briefs. */
const providerName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be lower-case letters, digits, dots, dashes or underscores, at most 64');

export const providersFileSchema = z.strictObject({
  providers: z
    .record(providerName, provider)
    .refine((all) => Object.keys(all).length > 0, { message: 'must name at least one provider' }),
});

/** Where work may run: own hardware or a hosted, paid service. */
export type Lane = z.infer<typeof lane>;
export type ModelPrice = z.infer<typeof price>;
export type ProviderSettings = z.infer<typeof provider>;
export type ProviderKind = ProviderSettings['kind'];

function urlProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'must be a URL such as http://127.0.0.1:11434/v1';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must start with http:// or https://';
  if (url.username !== '' || url.password !== '') return 'must not hold credentials; name the key in apiKeyEnv';
  if (url.search !== '' || url.hash !== '') return 'must not have a query or a fragment';
  return undefined;
}
