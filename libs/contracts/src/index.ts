export * from './artifacts';
export * from './book';
export * from './brief.schema';
export * from './phases';
