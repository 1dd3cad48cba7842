import { connectRequestServer } from '@fiction/messaging';
import { main } from '@fiction/platform';
import { LoreFulfillmentModule } from './lore-fulfillment.module';

main({
  service: 'lore-fulfillment',
  module: (config) => LoreFulfillmentModule.forConfig(config),
  prepare: (app, config) => connectRequestServer(app, config),
});
