import { connectRequestServer } from '@fiction/messaging';
import { main } from '@fiction/platform';
import { WorldBibleModule } from './world-bible.module';

main({
  service: 'world-bible',
  module: (config) => WorldBibleModule.forConfig(config),
  prepare: (app, config) => connectRequestServer(app, config),
});
