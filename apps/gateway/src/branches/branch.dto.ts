import { branchChangesSchema, branchNameSchema, branchSchema } from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';

export class BranchListDto extends createDto(z.object({ items: z.array(branchSchema) })) {}
export class BranchActionDto extends createDto(
  z.object({ branch: branchSchema, actionId: z.string(), repeated: z.boolean() }),
) {}
export class ForkDto extends createDto(
  z.strictObject({
    name: branchNameSchema,
    from: z.string().min(1).max(100).optional().describe("If left out: the plan's primary branch at that moment."),
    /** The first item that is to be made anew, with all that depends on it; left out: only what is not complete. */
    at: z.string().min(1).max(400).optional(),
    changes: branchChangesSchema.default({}),
  }),
) {}
