import fc from 'fast-check';
import { arrivingMetadataSchema, missingMetadata, presentMetadata, taskMetadataSchema } from './metadata.schema';
import { startRunSchema } from '../messages';

const fields = Object.keys(taskMetadataSchema.shape);
const whole = Object.fromEntries(fields.map((field) => [field, `${field}-1`]));
/** What is as good as nothing. */
const useless = fc.constantFrom<unknown>(undefined, null, '', '  ', '\n', 7, {}, [], true, 'x'.repeat(301));

describe('missingMetadata', () => {
  it('names the ten fields of the design when there is nothing', () => {
    expect(missingMetadata({})).toEqual([
      'planId',
      'branch',
      'backlogItemId',
      'taskId',
      'conversationId',
      'conversationPlanId',
      'agentId',
      'providerId',
      'modelId',
      'correlationId',
    ]);
    for (const nothing of [undefined, null, 'x', 7, []]) expect(missingMetadata(nothing)).toEqual(fields);
  });

  it('names exactly the fields that are absent, blank or no text, whichever they are', () => {
    fc.assert(
      fc.property(fc.subarray(fields), useless, (gone, instead) => {
        const given = { ...whole, ...Object.fromEntries(gone.map((field) => [field, instead])) };
        expect(missingMetadata(given)).toEqual(gone);
        expect(Object.keys(presentMetadata(given))).toEqual(fields.filter((field) => !gone.includes(field)));
      }),
    );
  });

  it('agrees with the schema: nothing is missing exactly when the metadata is valid', () => {
    const value = fc.oneof(fc.string(), useless);
    const candidates = fc.record(Object.fromEntries(fields.map((field) => [field, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(candidates, (candidate) => {
        expect(missingMetadata(candidate).length === 0).toBe(taskMetadataSchema.safeParse(candidate).success);
      }),
    );
  });
});

describe('metadata as it arrives', () => {
  it('can always be read, so that a gap is reported and not the message refused', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        const present = arrivingMetadataSchema.parse(anything);
        expect(taskMetadataSchema.partial().safeParse(present).success).toBe(true);
      }),
    );
  });

  it('leaves the rest of a command as strict as it is', () => {
    const start = { runId: 'r', revision: 1, planId: 'p', branch: 'main', phase: 'scene', target: {} };
    expect(startRunSchema.parse({ ...start, metadata: { ...whole, modelId: '', extra: 1 } }).metadata).toEqual(
      Object.fromEntries(Object.entries(whole).filter(([field]) => field !== 'modelId')),
    );
    expect(startRunSchema.parse(start).metadata).toEqual({});
    expect(startRunSchema.safeParse({ ...start, revision: 0 }).success).toBe(false);
  });
});
