import { momentSchema, pageOf } from '@fiction/contracts';
import { z } from 'zod';
import { ROLES } from '../access/roles';
import { withoutTokens } from './token-secret';
import { createDto } from '../http/create-dto';
import { pageParameters } from '../paging/page-query';

const MAX_NAME = 100;

export const newTokenSchema = z.strictObject({
  /** For people: who uses the token, and for what. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(MAX_NAME)
    .regex(/^[^\p{C}]*$/u, 'must not contain control characters')
    .refine((name) => withoutTokens(name) === name, 'must not contain an access token'),
  role: z.enum(ROLES),
  /** Without it the token is good until it is revoked. */
  expiresAt: momentSchema.refine((moment) => Date.parse(moment) > Date.now(), 'must be in the future').optional(),
});
export class NewTokenDto extends createDto(newTokenSchema) {}

const moment = z.iso.datetime().nullable();

export const tokenViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  createdAt: z.iso.datetime(),
  expiresAt: moment,
  /** To the minute. */
  lastUsedAt: moment,
  revokedAt: moment,
  status: z.enum(['active', 'expired', 'revoked']),
});
export type TokenView = z.infer<typeof tokenViewSchema>;
export class TokenViewDto extends createDto(tokenViewSchema) {}
export class TokenPageDto extends createDto(pageOf(tokenViewSchema)) {}
export class TokenListQueryDto extends createDto(z.strictObject(pageParameters())) {}

export const createdTokenSchema = tokenViewSchema.pick({ id: true, name: true, role: true, expiresAt: true }).extend({
  /** Shown this once. `null`: an earlier request with the same Idempotency-Key has made and shown it. */
  token: z.string().nullable(),
  /** False: an earlier request with the same Idempotency-Key has made it. */
  created: z.boolean(),
});
export type CreatedToken = z.infer<typeof createdTokenSchema>;
export class CreatedTokenDto extends createDto(createdTokenSchema) {}
