export * from './artifacts';
export * from './brief.schema';
export * from './phases';
