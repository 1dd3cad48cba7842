import { viewOf, type SceneView } from '../story/materials';
import { SceneStage } from './scene-stage';
import { SceneWriter } from './scene-writer';

export const SCENE_DEFAULTS: Partial<SceneView> = {
  targetWords: 900,
  world: [],
  previous: null,
  persona: { name: '', baseline: '', memories: [], obligations: [] },
  findings: [],
  prose: '',
};

export function draftScene(material: unknown): string {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  return new SceneWriter(new SceneStage(view), view.targetWords).write();
}
