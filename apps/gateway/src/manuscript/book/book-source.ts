import {
  listAccepted,
  listDrafts,
  listObligations,
  listScrolls,
  readColophon,
  type DraftVersion,
  type ScrollView,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Injectable } from '@nestjs/common';
import { ProviderCatalogue } from '../../brief/provider-catalogue';
import type { BookPart, Owing } from './book-parts';
import { ColophonWriter } from '../rendering/colophon-writer';
import { everyItem } from './every-item';
import { Lookahead } from './lookahead';

/** Where a book comes from: its design from the planner, its prose from the scene weaver, a page of each at a time. */
@Injectable()
export class BookSource {
  constructor(
    private readonly requester: Requester,
    private readonly providers: ProviderCatalogue,
  ) {}

  /**
   * A branch that is none would look like one that is not begun: whoever asks has made sure.
   * @param withOtherDrafts whether drafts that are not the accepted ones are wanted too
   * @throws PLAN_NOT_FOUND, or SERVICE_UNAVAILABLE when a service it is read from is away
   */
  async *read(planId: string, branch: string, withOtherDrafts = false): AsyncGenerator<BookPart> {
    const { brief, credits } = await this.requester.ask(readColophon, { planId, branch });
    yield { kind: 'opening', planId, branch, brief };

    const colophon = new ColophonWriter(brief, credits, (provider) => this.providers.isRehearsal(provider));
    const accepted = new Lookahead(
      everyItem((cursor) => this.requester.ask(listAccepted, { planId, branch, cursor, limit: 100 })),
    );
    let next = 1;
    let chapters = brief.chapters;
    let complete = true;
    for await (const scroll of everyItem((cursor) => this.requester.ask(listScrolls, { planId, branch, cursor }))) {
      for (; next < scroll.chapter; next += 1) {
        yield unwritten(next);
        complete = false;
      }
      next = scroll.chapter + 1;
      chapters = scroll.of;
      for await (const part of chapter(scroll, accepted)) {
        if (part.kind === 'scene') {
          complete &&= part.draft !== null;
          if (part.draft !== null) colophon.count(part.draft);
          if (withOtherDrafts) part.otherDrafts = await this.otherDrafts(planId, branch, part.draft);
        }
        yield part;
      }
    }
    for (; next <= chapters; next += 1) {
      yield unwritten(next);
      complete = false;
    }
    const owed: Owing[] = [];
    const ask = (cursor?: string) => this.requester.ask(listObligations, { planId, branch, status: 'open', cursor });
    for await (const { kind, text, planted, due } of everyItem(ask)) owed.push({ kind, text, planted, due });
    // What was planted at once is listed in an order of ids, which tells two runs of a book apart.
    owed.sort(byPlaceAndText);
    yield { kind: 'closing', colophon: colophon.write(), complete, owed };
  }

  /** Drafts are stored when a scene is complete: one that is not accepted has none, and one that pleased at once no other. */
  private async otherDrafts(planId: string, branch: string, accepted: DraftVersion | null): Promise<DraftVersion[]> {
    if (accepted === null || pleasedAtOnce(accepted)) return [];
    const { sceneId } = accepted;
    const others: DraftVersion[] = [];
    const ask = (cursor?: string) => this.requester.ask(listDrafts, { planId, branch, sceneId, cursor });
    for await (const draft of everyItem(ask)) if (!draft.accepted) others.push(draft);
    return others;
  }
}

/** Where the critique asks for more, the first text may still be the one that is accepted, if no later one passes. */
function pleasedAtOnce({ revision, version, critique }: DraftVersion): boolean {
  return revision === 1 && version === 1 && critique?.verdict === 'accept';
}

function unwritten(index: number): BookPart {
  return { kind: 'chapter', index, title: undefined, synopsis: undefined };
}

async function* chapter(scroll: ScrollView, accepted: Lookahead<DraftVersion>): AsyncGenerator<BookPart> {
  yield { kind: 'chapter', index: scroll.chapter, title: scroll.title, synopsis: scroll.synopsis };
  const scenes = scroll.scenes.toSorted((left, right) => left.scene - right.scene);
  let section: number | undefined;
  for (const scene of scenes) {
    if (scene.section !== section) {
      section = scene.section;
      yield { kind: 'section', title: scroll.sections.find((one) => one.section === section)?.title ?? '' };
    }
    // Prose of a scene that was there before its chapter was made anew does not belong to the new one.
    const isMine = (draft: DraftVersion): boolean => draft.sceneId === scene.sceneId;
    const draft = await accepted.skipTo((one) => compare(one, scene) > 0 || isMine(one));
    yield { kind: 'scene', scene, draft: draft !== undefined && isMine(draft) ? draft : null, otherDrafts: [] };
  }
}

function byPlaceAndText(left: Owing, right: Owing): number {
  const [a, b] = [placeOf(left.planted), placeOf(right.planted)];
  return compare(a, b) || (left.text < right.text ? -1 : 1);
}

function placeOf(point: string): Place {
  const [chapter = 0, scene = 0] = point.split('.').map(Number);
  return { chapter, scene };
}

interface Place {
  chapter: number;
  scene: number;
}

function compare(left: Place, right: Place): number {
  return left.chapter - right.chapter || left.scene - right.scene;
}
