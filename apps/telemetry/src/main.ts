import { connectRequestServer } from '@fiction/messaging';
import { main } from '@fiction/platform';
import { TelemetryModule } from './telemetry.module';

main({
  service: 'telemetry',
  module: (config) => TelemetryModule.forService(config),
  prepare: (app, config) => connectRequestServer(app, config),
});
