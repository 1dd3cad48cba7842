import { connectRequestServer } from '@fiction/messaging';
import { main } from '@fiction/platform';
import { PlannerModule } from './planner.module';

main({
  service: 'planner',
  module: (config) => PlannerModule.forConfig(config),
  prepare: (app, config) => connectRequestServer(app, config),
});
