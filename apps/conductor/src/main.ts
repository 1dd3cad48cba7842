import { connectRequestServer } from '@fiction/messaging';
import { main } from '@fiction/platform';
import { ConductorModule } from './conductor.module';

main({
  service: 'conductor',
  module: (config) => ConductorModule.forConfig(config),
  prepare: (app, config) => connectRequestServer(app, config),
});
