import { deadLetterSchema, pageOf, RECEIVING_SERVICES } from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { pageParameters } from '../paging/page-query';

export class DeadLetterDto extends createDto(deadLetterSchema) {}

export class DeadLetterPageDto extends createDto(pageOf(deadLetterSchema)) {}

export class DeadLetterListQueryDto extends createDto(
  z.strictObject({ ...pageParameters(), service: z.enum(RECEIVING_SERVICES).optional() }),
) {}
