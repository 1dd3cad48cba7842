import { Module } from '@nestjs/common';
import { ProviderCatalogue } from './provider-catalogue';
import { ProviderKeys } from './provider-keys';

@Module({ providers: [ProviderCatalogue, ProviderKeys], exports: [ProviderCatalogue, ProviderKeys] })
export class BriefModule {}
