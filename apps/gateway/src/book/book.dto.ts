import {
  blueprintViewSchema,
  draftVersionSchema,
  pageOf,
  passViewSchema,
  sceneViewSchema,
  scrollViewSchema,
} from '@fiction/contracts';
import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchParameter, pageParameters, placeParameter } from '../paging/page-query';

export class PassPageDto extends createDto(pageOf(passViewSchema)) {}
export class BlueprintPageDto extends createDto(pageOf(blueprintViewSchema)) {}
export class ScrollPageDto extends createDto(pageOf(scrollViewSchema)) {}
export class ScenePageDto extends createDto(pageOf(sceneViewSchema)) {}
export class SceneDto extends createDto(sceneViewSchema) {}
export class DraftPageDto extends createDto(pageOf(draftVersionSchema)) {}

export class SceneListQueryDto extends createDto(
  z.strictObject({ ...branchParameter, ...pageParameters(), chapter: placeParameter.optional() }),
) {}
