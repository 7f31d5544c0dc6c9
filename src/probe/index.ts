export { type DependencyOptions, type Native, probeDependencies } from './deps/index.ts';
export { readServices, type Services } from './deps/services.ts';
export { type MeasureOptions, measure } from './measure.ts';
export { listSubjects } from './subjects.ts';
export { type TableDifference, tableDifferences, tableText } from './table-text.ts';
