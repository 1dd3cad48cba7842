import type { fileDrift, RequestOf } from '@fiction/contracts';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { StylesRepository } from './styles.repository';

/** Takes in how a scene is written. It is scored afterwards: nothing of the book depends on that, and no scene waits for it. */
@Injectable()
export class DriftFiling {
  constructor(
    private readonly branches: ForkedBranches,
    private readonly styles: StylesRepository,
  ) {}

  /** Answers whether the scene's revision had not been filed before. */
  async file(filing: RequestOf<typeof fileDrift>): Promise<boolean> {
    await this.branches.require(filing.planId, filing.branch);
    return this.styles.file(filing);
  }
}
