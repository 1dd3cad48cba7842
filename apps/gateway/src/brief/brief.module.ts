import { Module } from '@nestjs/common';
import { ProviderCatalogue } from './provider-catalogue';

@Module({ providers: [ProviderCatalogue], exports: [ProviderCatalogue] })
export class BriefModule {}
