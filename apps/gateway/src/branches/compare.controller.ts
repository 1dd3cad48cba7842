import { compareBranches, listDrafts, NotFoundError, type DraftVersion } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { diffWordsWithSpace } from 'diff';
import { ZodResponse } from 'nestjs-zod';
import { RequiresRole } from '../access/requires-role.decorator';
import { ApiProblems } from '../http/api-problems.decorator';
import { everyItem } from '../manuscript/book/every-item';
import { CompareQueryDto, ComparisonDto, SceneDiffDto, SceneDiffQueryDto, type Comparison } from './compare.dto';

const NOTHING_WRITTEN = { words: { left: null, right: null }, sameText: null };

/** How two branches of a plan differ. */
@ApiTags('branches')
@Controller('fiction/plans/:planId/branches/compare')
@RequiresRole('viewer')
export class CompareController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @ApiOperation({ summary: 'Compare two branches: the items they do not share, words of scenes, and spend' })
  @ZodResponse({ status: 200, type: ComparisonDto })
  @ApiProblems(400, 404)
  async compare(
    @Param('planId') planId: string,
    @Query() { left, right, cursor, limit, show }: CompareQueryDto,
  ): Promise<Comparison> {
    const differing = show === 'differing';
    const page = await this.requester.ask(compareBranches, { planId, left, right, cursor, limit, differing });
    const items = await Promise.all(
      page.items.map(async (item) => {
        const { sceneId } = item.target;
        if (item.phase !== 'scene' || sceneId === undefined) return { ...item, ...NOTHING_WRITTEN };
        const written = async (branch: string, side: object | null): Promise<DraftVersion | undefined> =>
          side === null ? undefined : this.accepted(planId, branch, sceneId);
        const [one, other] = [await written(left, item.left), await written(right, item.right)];
        return {
          ...item,
          words: { left: one?.words ?? null, right: other?.words ?? null },
          sameText: one === undefined || other === undefined ? null : one.prose === other.prose,
        };
      }),
    );
    return { ...page, items };
  }

  @Get('scene')
  @ApiOperation({ summary: 'The prose of one scene on two branches, word by word' })
  @ZodResponse({ status: 200, type: SceneDiffDto })
  @ApiProblems(400, 404)
  async scene(@Param('planId') planId: string, @Query() { left, right, sceneId }: SceneDiffQueryDto) {
    // By this it is known that there are such branches.
    await this.requester.ask(compareBranches, { planId, left, right, limit: 1, differing: true });
    const [one, other] = await Promise.all([
      this.accepted(planId, left, sceneId),
      this.accepted(planId, right, sceneId),
    ]);
    if (one === undefined || other === undefined) throw new NotFoundError('accepted version of the scene', sceneId);
    return {
      words: { left: one.words, right: other.words },
      parts: diffWordsWithSpace(one.prose, other.prose).map(({ value, added, removed }) => ({
        on: added ? ('right' as const) : removed ? ('left' as const) : ('both' as const),
        text: value,
      })),
    };
  }

  private async accepted(planId: string, branch: string, sceneId: string): Promise<DraftVersion | undefined> {
    const versions = everyItem((cursor) =>
      this.requester.ask(listDrafts, { planId, branch, sceneId, cursor, limit: 20 }),
    );
    for await (const version of versions) if (version.accepted) return version;
    return undefined;
  }
}
