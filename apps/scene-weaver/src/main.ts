import { connectRequestServer } from '@fiction/messaging';
import { main } from '@fiction/platform';
import { SceneWeaverModule } from './scene-weaver.module';

main({
  service: 'scene-weaver',
  module: (config) => SceneWeaverModule.forConfig(config),
  prepare: (app, config) => connectRequestServer(app, config),
});
