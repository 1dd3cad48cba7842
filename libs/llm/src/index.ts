export * from './task/model-task';
export * from './task/render-task';
export * from './task/parse-task';
export * from './answer/answer-invalid.error';
export * from './answer/ask-until-valid';
export * from './answer/build-repair';
export * from './answer/judge-answer';
