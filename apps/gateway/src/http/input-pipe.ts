import { fieldProblems, InvalidInputError } from '@fiction/contracts';
import { createZodValidationPipe } from 'nestjs-zod';
import { z } from 'zod';

/** Checks what a route is given against its schema; every field at fault is named. */
export const InputPipe = createZodValidationPipe({
  createValidationException: (error) =>
    new InvalidInputError(
      'The request is not valid.',
      error instanceof z.ZodError ? fieldProblems(error) : [{ field: '(whole)', message: String(error) }],
    ),
});
