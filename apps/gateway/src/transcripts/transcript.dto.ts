import { pageOf, PHASE_SERVICES, transcriptSchema } from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchNameParameter, pageParameters } from '../paging/page-query';

export class TranscriptPageDto extends createDto(pageOf(transcriptSchema)) {}

export class TranscriptListQueryDto extends createDto(
  z.strictObject({
    ...pageParameters(50, 20),
    branch: branchNameParameter.optional().describe('If left out: those of every branch.'),
    runId: z.string().min(1).max(300).optional(),
    service: z.enum(PHASE_SERVICES).optional(),
  }),
) {}
