import { main } from '@fiction/platform';
import { GatewayModule } from './gateway.module';
import { prepareGateway } from './prepare-gateway';

main({
  service: 'gateway',
  module: (config) => GatewayModule.forService(config),
  prepare: (app) => prepareGateway(app),
});
