import { Module } from '@nestjs/common';
import { DriftAlerts } from './drift-alerts';
import { DriftController } from './drift.controller';
import { DriftListRepository } from './drift-list.repository';
import { DriftScoring } from './drift-scoring';
import { DriftMetrics } from './drift.metrics';
import { ScoresRepository } from './scores.repository';
import { StylesRepository } from './styles.repository';

/** Drift: how far the author and those who tell scenes are from their baselines. */
@Module({
  controllers: [DriftController],
  providers: [DriftScoring, DriftAlerts, DriftMetrics, StylesRepository, ScoresRepository, DriftListRepository],
})
export class DriftModule {}
